import type { Writable } from 'node:stream';
import { spelledOut } from '../model/visible-text.js';
import type { Terminal } from './io.js';

/** The colours that we paint with, and every other character that a terminal acts on. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const acting = /\x1b\[(?:1|2|22|39|3[1-9]|9[0-7])m|[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A text of ours as it goes to a terminal, a pipe or a file: nothing in it moves the cursor, names the window or turns
 * the direction of the text, whatever somebody called a container. JSON stays the same JSON, for what is spelled out
 * stands in strings and is spelled as JSON does it.
 */
export function ownText(text: string): string {
  return text.replace(acting, (found) => (found.length > 1 ? found : spelledOut(found)));
}

/** A terminal that writes what is ours safely, and what a container writes as it is. */
export function safeTerminal(stream: Writable, isTty: boolean, writeRaw: (text: string) => void): Terminal {
  return { stream, isTty, writeRaw, write: (text) => writeRaw(ownText(text)) };
}
