/** The provider's version. A change of its bytes under one version breaks every lock file that names it: raise it. */
export const PROVIDER_VERSION = "0.1.0";
/** Where Terraform configurations say it comes from; no registry of that name exists, a mirror serves it. */
export const PROVIDER_SOURCE = "plumbline.internal/lab/lab";
export const TYPE_PREFIX = "lab_";
