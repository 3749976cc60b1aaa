declare const TSCOMPOSE_VERSION: string | undefined;

/** Version of this package; set when it is built. */
export const version: string = typeof TSCOMPOSE_VERSION === 'string' ? TSCOMPOSE_VERSION : '0.0.0-dev';
