const begin = '<!-- table: begin, written by npm run bench:docs -->';
const end = '<!-- table: end -->';

/** A page with another table between the two marks. Throws where it has no such marks. */
export function withTable(page, table) {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the page needs a line \`${begin}\`, and below it \`${end}\``);
  return `${page.slice(0, from + begin.length)}\n\n${table}\n${page.slice(to)}`;
}
