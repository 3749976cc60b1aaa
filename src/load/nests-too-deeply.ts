/** The parser needs longer and longer per bracket: at five thousand it is a third of a second, here a few milliseconds. */
const maximumOpen = 600;

/**
 * Whether brackets open far more often than they close. The parser would find out as well, but it needs seconds for
 * a text that is nothing else. Brackets in scripts and comments count too, so the limit is far above real nesting.
 */
export function nestsTooDeeply(text: string): boolean {
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
