/** The colour of a network, by its key. */
export type NetworkColors = (key: string) => string;

/** Dark enough for white letters, and to be told apart on white as on black. */
const palette = [
  '#2563eb',
  '#b45309',
  '#047857',
  '#9333ea',
  '#be123c',
  '#0e7490',
  '#4d7c0f',
  '#6b5b4b',
] as const;

export function networkColors(keys: readonly string[]): NetworkColors {
  const places = new Map(keys.map((key, index) => [key, index]));
  return (key) => palette[(places.get(key) ?? 0) % palette.length] ?? palette[0];
}

/** A text between tags or in an attribute. */
export function xmlText(text: string): string {
  return (
    text
      .replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
      // Characters that no XML document can have, however they are written.
      .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '�')
  );
}

/** Light by default, and dark where the person's system is. */
export const styleSheet = `
svg { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif }
.page { fill: #ffffff } .box { fill: #f8fafc; stroke: #64748b; stroke-width: 1.2 }
.off { stroke-dasharray: 5 4 } .asleep { opacity: .65 }
.title { font-size: 17px; font-weight: 600; fill: #0f172a }
.name { font-size: 14px; font-weight: 600; fill: #0f172a }
.plain { font-size: 11.5px; fill: #1e293b } .quiet { font-size: 11.5px; fill: #64748b }
.chip { font-size: 10.5px; fill: #ffffff; text-anchor: middle }
.line { fill: none; stroke: #64748b; stroke-width: 1.4 } .optional { stroke-dasharray: 5 4 }
.head { fill: #64748b } .word { font-size: 10.5px; fill: #334155; text-anchor: middle; paint-order: stroke; stroke: #ffffff; stroke-width: 4px }
@media (prefers-color-scheme: dark) {
.page { fill: #0f172a } .box { fill: #1e293b; stroke: #94a3b8 } .title, .name { fill: #f1f5f9 }
.plain { fill: #e2e8f0 } .quiet { fill: #94a3b8 } .line { stroke: #94a3b8 } .head { fill: #94a3b8 }
.word { fill: #e2e8f0; stroke: #0f172a }
}
`;
