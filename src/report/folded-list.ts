/** `web-1, web-2 and 48 more`: the first `most`, and how many there are beside them. */
export function foldedList(items: readonly string[], most: number): string {
  const rest = items.length - most;
  const shown = items.slice(0, most).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
