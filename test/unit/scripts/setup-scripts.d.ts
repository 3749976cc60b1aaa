// The set-up scripts are plain JavaScript with JSDoc types: they run before anything is installed. Their tests import
// them as they are.
declare module '*.mjs';
