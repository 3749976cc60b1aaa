/** The parser needs longer and longer per level: at five thousand it is a third of a second, here a few milliseconds. */
const maximumOpen = 600;

/**
 * Whether brackets open, or lines are indented, far deeper than in any real file. The parser would find out as well,
 * but it needs seconds for a text that is nothing else, or the whole stack. Brackets and indented lines of scripts and
 * comments count too, so the limit is far above real nesting.
 */
export function nestsTooDeeply(text: string): boolean {
  return opensTooDeeply(text) || isIndentedTooDeeply(text);
}

function opensTooDeeply(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) {
      depth++;
      if (depth > maximumOpen) return true;
    } else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--;
  }
  return false;
}

/** A level is a line that is indented more than the one that it belongs to, and each further dash in `- - a`. */
function isIndentedTooDeeply(text: string): boolean {
  const levels: number[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    const next = end === -1 ? text.length : end + 1;
    let at = start;
    for (;;) {
      while (text.charCodeAt(at) === 0x20) at++;
      const column = at - start;
      while (levels.length > 0 && (levels.at(-1) as number) >= column) levels.pop();
      levels.push(column);
      if (levels.length > maximumOpen) return true;
      const isDash = text.charCodeAt(at) === 0x2d && text.charCodeAt(at + 1) === 0x20;
      if (!isDash) break;
      at++;
    }
    start = next;
  }
  return false;
}
