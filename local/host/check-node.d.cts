/** Returns whether a version such as `v22.13.0` is supported. */
export declare function isSupported(version: string): boolean;
