/** As `filepath.Match` of Go, with `**` for any number of directories. */
export function globExpression(pattern: string): RegExp {
  const parts = pattern.match(/\*\*\/?|\*|\?|\[\^?[^\]]+\]|\\.|[^*?[\\]+|./gsu) ?? [];
  const source = parts.map((part, index) => {
    if (part.startsWith('**')) return index === parts.length - 1 ? '.*' : '(?:.*/)?';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.length > 1 && part.startsWith('[')) return classOf(part);
    return escaped(part.length === 2 && part.startsWith('\\') ? part.slice(1) : part);
  });
  return new RegExp(`^${source.join('')}$`, 'su');
}

function classOf(part: string): string {
  const isNegated = part.startsWith('[^');
  const members = part.slice(isNegated ? 2 : 1, -1).replace(/[[\\]/g, '\\$&');
  return `[${isNegated ? '^' : ''}${members}]`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
