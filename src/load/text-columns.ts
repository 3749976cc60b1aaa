/** Rows with their cells below each other, two blanks apart. A cell beyond the limit of its column pushes its row only. */
export function textColumns(rows: readonly (readonly string[])[], limit = 60): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      if (cell.length <= limit) widths[column] = Math.max(widths[column] ?? 0, cell.length);
    }
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
