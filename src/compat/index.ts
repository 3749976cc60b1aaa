// The functions of the npm package `docker-compose`, without a docker command underneath. See docs/migrating.md.
import * as commands from './commands.js';
import * as lookCommands from './look-commands.js';
import { mapImListOutput } from './map-images.js';
import { mapPsOutput } from './map-ps.js';

export { ComposeCommandError } from './command-error.js';
export * from './commands.js';
export * from './look-commands.js';
export { mapImListOutput } from './map-images.js';
export { mapPsOutput } from './map-ps.js';
export type * from './options.js';
export type * from './results.js';

export default { ...commands, ...lookCommands, mapImListOutput, mapPsOutput };
