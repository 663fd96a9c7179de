/** The check program's file in the folder of its bundle. */
export const checkFile = "check-main.mjs";
