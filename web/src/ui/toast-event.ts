/** Dispatched on the window with each toast: the place where toasts appear is loaded with the first one. */
export const toastEvent = "plumbline-toast";
