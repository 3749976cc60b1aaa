import { packedBytes, packedText } from '../../host/packed.js';
import { evaluate } from './compiled-code.js';
import { onThisNode, type ProgramText } from './program-text.js';

/** The program out of the executable that we are: scripts/executable/ puts it there. */
export function packedProgram(): ProgramText {
  return {
    file: 'tscompose:program.js',
    text: packedText('program.js'),
    build: onThisNode(packedText('program.digest')),
    require: requirePacked,
    compiled: packedBytes('program.code'),
  };
}

/** Modules of Node, and the part of ours that lies beside the program. Nothing that lies around on the disk. */
function requirePacked(id: string): unknown {
  if (id === './ssh2.js')
    return evaluate({ file: 'tscompose:ssh2.js', text: packedText('ssh2.js'), require: requirePacked })
      .exports;
  const module = process.getBuiltinModule(id);
  if (module === undefined) throw new Error(`Cannot find module '${id}'`);
  return module;
}
