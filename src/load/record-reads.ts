import type { LoadIo } from './load-io.js';

/** An io that remembers which files were read or looked for, those that are not there too; directories are left out. */
export interface RecordingIo extends LoadIo {
  readonly paths: ReadonlySet<string>;
}

/** What loading a project depends on, found out by watching it: no list of kinds of files that one could forget to extend. */
export function recordReads(io: LoadIo): RecordingIo {
  const paths = new Set<string>();
  return {
    environment: io.environment,
    cwd: io.cwd,
    homeDir: io.homeDir,
    paths,
    readStdin: () => io.readStdin(),
    ...(io.remote === undefined ? {} : { remote: io.remote }),
    ...(io.runCode === undefined ? {} : { runCode: recordingRuns(io.runCode, paths) }),
    realPath: (path) => io.realPath(path),
    readFile(path) {
      paths.add(path);
      return io.readFile(path);
    },
    async kindOf(path) {
      const kind = await io.kindOf(path);
      if (kind !== 'directory') paths.add(path);
      return kind;
    },
  };
}

/** Code is read by others: what it imports, and what it could not find, counts as well. */
function recordingRuns(
  runCode: NonNullable<LoadIo['runCode']>,
  paths: Set<string>,
): NonNullable<LoadIo['runCode']> {
  return async (request, signal) => {
    const run = await runCode(request, signal);
    for (const path of [...run.texts.keys(), ...run.missing]) paths.add(path);
    return run;
  };
}
