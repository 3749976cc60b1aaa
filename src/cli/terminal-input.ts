import type { TerminalInput } from './io.js';

/** Standard input of the process. It is opened only when somebody reads it. */
export function terminalInput(): TerminalInput {
  return {
    get stream() {
      return process.stdin;
    },
    get isTty() {
      return process.stdin.isTTY === true;
    },
    setMode(mode) {
      if (process.stdin.isTTY !== true) return;
      process.stdin.setRawMode(mode !== 'lines');
      // Node goes on turning line feeds into line ends. A terminal behind ours has done so already where it should, and
      // full-screen programs mean "one line down" by it.
      if (mode !== 'raw') return;
      // Read in only here: no other command of ours starts programs of the host before it has something to do.
      const { spawnSync } = process.getBuiltinModule('node:child_process');
      spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] });
    },
  };
}
