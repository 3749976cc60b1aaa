import type { HostProgramCall, HostPrograms } from '../../src/model/host-programs.js';

/** How a program answers: lines on its standard output, and its exit code. */
export interface FakeAnswer {
  readonly lines?: readonly string[];
  readonly errorLines?: readonly string[];
  readonly exitCode?: number;
}

export interface FakePrograms extends HostPrograms {
  /** Arguments of every call so far, as one text each. */
  readonly calls: string[];
}

/** Programs that are not there: `answer` plays them. Every name but those in `missing` is found. */
export function fakePrograms(
  answer: (call: HostProgramCall) => FakeAnswer,
  missing: readonly string[] = [],
): FakePrograms {
  const calls: string[] = [];
  return {
    calls,
    find: async (name) => (missing.includes(name) ? undefined : `/plugins/docker-${name}`),
    async run(call) {
      calls.push(call.args.join(' '));
      const { lines = [], errorLines = [], exitCode = 0 } = answer(call);
      for (const line of lines) call.onLine(line);
      return { exitCode, errorLines };
    },
  };
}

/** A line of a provider's answer. */
export function says(type: string, message: string): string {
  return JSON.stringify({ type, message });
}

export function isMetadataCall({ args }: HostProgramCall): boolean {
  return args[1] === 'metadata';
}
