import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isPacked, packedText } from '../packed.js';
import { packedModule } from './run/packed-module.js';
import type { OwnModules } from './run/resolve-target.js';

/** What a thread for code is made from. */
export interface CodeModules {
  /** What it runs: a file, or a text in CommonJS form. */
  readonly worker: { readonly file: string } | { readonly text: string };
  readonly own: OwnModules;
}

/** The modules of this build: files, or parts of the executable that we are. */
export function builtModules(): CodeModules {
  return isPacked() ? packedModules() : modulesIn(builtDirectory());
}

/** Modules that lie in a directory as the build puts them there. */
export function modulesIn(directory: string): CodeModules {
  const url = (path: string) => pathToFileURL(join(directory, path)).href;
  const own = { define: url('define.js'), library: url('../index.js'), root: url('..') };
  return { worker: { file: join(directory, 'worker.js') }, own };
}

function packedModules(): CodeModules {
  const own = {
    define: packedModule('define.js'),
    library: packedModule('library.js'),
    root: packedModule(''),
  };
  return { worker: { text: packedText('worker.js') }, own };
}

/** `dist/code`, seen from the program, from the library, and from the parts that the library is split into. */
function builtDirectory(): string {
  const here = import.meta.dirname;
  const beside = join(here, 'code');
  return existsSync(join(beside, 'worker.js')) ? beside : join(here, '..', 'code');
}
