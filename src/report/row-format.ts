import { UsageError } from '../problems/errors.js';
import { compileTemplate } from './go-template.js';
import { headerFunctions } from './go-template-functions.js';
import { formatTable } from './table.js';

/** What a template sees of one thing: text, numbers, lists, and methods such as `.Label "key"`. */
export type Row = Readonly<Record<string, unknown>>;

/** How a kind of thing is shown. */
export interface RowKind {
  /** Title of each field in a table. */
  readonly titles: Readonly<Record<string, string>>;
  /** Fields of the table that is shown when nothing is asked for. */
  readonly columns: readonly string[];
  /** JSON as one list, or as one document a line. */
  readonly json: 'list' | 'lines';
}

/**
 * Rows as `--format` asks for them: `table` (also for nothing), `json`, `table TEMPLATE` or a template for each row.
 * Throws UsageError.
 */
export function formatRows(rows: readonly Row[], kind: RowKind, format = 'table'): string {
  if (format === 'table' || format === '') return defaultTable(rows, kind);
  if (format === 'json') return formatJson(rows, kind);
  if (format.startsWith('table ')) return templateTable(rows, kind, format.slice('table '.length));
  if (!format.includes('{{')) {
    throw new UsageError(`unsupported format "${format}"`, {
      hint: "there are table, json, a template such as '{{.Name}}', and 'table {{.Name}}\\t…'",
    });
  }
  const template = compileTemplate(withEscapes(format));
  return rows.map((row) => `${template.render(row)}\n`).join('');
}

function defaultTable(rows: readonly Row[], { columns, titles }: RowKind): string {
  return formatTable(
    columns.map((column) => titles[column] ?? column),
    rows.map((row) => columns.map((column) => String(row[column] ?? ''))),
  );
}

function templateTable(rows: readonly Row[], { titles }: RowKind, text: string): string {
  const template = compileTemplate(withEscapes(text));
  // The title of a label is its key.
  const header = { ...titles, Label: (key: unknown) => key };
  const cells = (line: string) => line.split('\t');
  return formatTable(
    cells(template.render(header, headerFunctions)),
    rows.map((row) => cells(template.render(row))),
  );
}

function formatJson(rows: readonly Row[], { json }: RowKind): string {
  if (json === 'list') return `${JSON.stringify(rows)}\n`;
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** Shells hand `\t` and `\n` over as they are written. */
function withEscapes(text: string): string {
  return text.replaceAll('\\t', '\t').replaceAll('\\n', '\n');
}
