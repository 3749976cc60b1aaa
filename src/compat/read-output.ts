import { plainData } from '../load/plain-data.js';
import { ProblemList } from '../load/problem-list.js';
import { parseSourceTree } from '../load/source-tree.js';
import type { DockerComposeConfigResult, DockerComposePortResult } from './results.js';

/** Lines that are not empty. */
export function linesOf(out: string): string[] {
  return out.split('\n').filter((line) => line.trim() !== '');
}

/** A Compose file as data, with objects as JSON makes them. */
export function fileOf(out: string): DockerComposeConfigResult['config'] {
  const [tree] = parseSourceTree('config', out, new ProblemList());
  return JSON.parse(tree === undefined ? 'null' : JSON.stringify(plainData(tree)));
}

/** `0.0.0.0:8080`, `[::]:8080`. */
export function addressOf(out: string): DockerComposePortResult {
  const text = out.trim();
  const colon = text.lastIndexOf(':');
  return { address: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}
