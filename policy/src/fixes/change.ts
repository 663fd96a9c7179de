/** A value that can be written down without knowing anything of where it stands. */
export type Scalar = boolean | number | string;

/** The nested block that is to be added where the resource has none, attribute → value. */
export type AddedBlock = Readonly<Record<string, Scalar>>;
