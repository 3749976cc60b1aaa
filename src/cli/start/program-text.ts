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

/** A program that is a file. */
export function programFile(file: string): ProgramText {
  return { file, text: readFileSync(file, 'latin1'), build: buildOf(file), require: createRequire(file) };
}

/** The file's build, as far as can be told without reading it, on this Node. */
export function buildOf(file: string): string {
  const { size, mtimeMs } = statSync(file);
  return `${process.version}-${process.arch}-${size}-${Math.trunc(mtimeMs)}`;
}
