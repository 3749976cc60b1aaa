/**
 * What a terminal acts on instead of showing it (C0, DEL, C1), what ends a line, and what turns the direction of a
 * text round, so that it reads otherwise than it is.
 */
const unseen = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const unseenWithinLines = /[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

const short: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/**
 * A name or a value as part of one line of ours: what would act on a terminal is spelled out as JSON does it, `\u001b`,
 * `\n`. Not for what a container writes, which goes out as it is.
 */
export function visibleText(text: string): string {
  return text.replace(unseen, spelledOut);
}

/** The same for a text of several lines, such as a message of the engine: lines stay lines, tabs become blanks. */
export function visibleLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\t', '    ').replace(unseenWithinLines, spelledOut);
}

/** The same where columns count, as in a picture or under a line of a file: one stand-in for each character. */
export function blottedText(text: string): string {
  return text.replace(unseen, '�');
}

/** Colours, moves of the cursor, titles: what programs send to terminals. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const sequences = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])/g;

/**
 * A line that a program printed, quoted in a line of ours: without its colours, and of what it wrote over itself, as
 * progress bars do, only the last.
 */
export function quotedLine(line: string): string {
  const plain = line.replace(sequences, '').replace(/\r+$/, '');
  return visibleText(plain.slice(plain.lastIndexOf('\r') + 1).replaceAll('\t', '    '));
}

/** One character as `\u` and four digits; short forms where they are known to everybody. */
export function spelledOut(character: string): string {
  return short[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
