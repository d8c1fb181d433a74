/** Largest body of a request: 256 KiB. A report of every fact of the catalogue needs a tenth of it. */
export const BODY_BYTES_MAX = 262_144;

/** How deep objects and arrays may lie in each other in a body; the deepest body that is understood has three. */
export const BODY_DEPTH_MAX = 32;
