import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A program in CommonJS form, in ASCII. */
export interface ProgramText {
  /** What stacks call it. */
  readonly file: string;
  readonly text: string;
  /** Tells apart what is compiled from different builds of it. */
  readonly build: string;
  readonly require: (id: string) => unknown;
  /** What V8 had compiled of it already when it was built. */
  readonly compiled?: Buffer | undefined;
}

/** A program that is a file. Its build, as far as can be told without reading it all again. */
export function programFile(file: string): ProgramText {
  const { size, mtimeMs } = statSync(file);
  const build = onThisNode(`${size}-${Math.trunc(mtimeMs)}`);
  return { file, text: readFileSync(file, 'latin1'), build, require: createRequire(file) };
}

/** A build of a program, as this Node compiles it. */
export function onThisNode(build: string): string {
  return `${process.version}-${process.arch}-${build}`;
}
