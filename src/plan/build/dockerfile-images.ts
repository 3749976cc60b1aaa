/**
 * References of the images that a Dockerfile starts from or copies from, stages of its own left out; variables are
 * replaced by what ARG before the first FROM and `args` say. Only as exact as ordering builds needs: an instruction in
 * the text of a heredoc counts too, and the worst that follows is a build that waits for another.
 */
export function dockerfileImages(text: string, args: ReadonlyMap<string, string>): string[] {
  const variables = new Map<string, string>();
  const stages = new Set<string>();
  const images = new Set<string>();
  const add = (reference: string) => {
    const resolved = withVariables(reference, variables);
    if (!stages.has(resolved.toLowerCase()) && !/^\d+$/.test(resolved) && resolved !== 'scratch')
      images.add(resolved);
  };
  for (const line of instructions(text)) {
    const [word = '', ...rest] = line.split(/\s+/);
    const name = word.toUpperCase();
    if (name === 'ARG' && stages.size === 0) addArguments(rest, args, variables);
    if (name === 'FROM') {
      const [reference = '', as = '', stage = ''] = rest.filter((part) => !part.startsWith('--'));
      add(reference);
      stages.add(as.toUpperCase() === 'AS' ? stage.toLowerCase() : '');
    }
    if (name === 'COPY' || name === 'RUN' || name === 'ADD') copiedFrom(name, rest).forEach(add);
  }
  return [...images].filter((reference) => reference !== '');
}

/** Without comments, with continued lines joined. */
function instructions(text: string): string[] {
  const continuation = /^#\s*escape\s*=\s*`/m.test(text) ? '`' : '\\';
  const lines = text.split(/\r?\n/).filter((line) => !line.trimStart().startsWith('#'));
  const joined: string[] = [];
  let open = '';
  for (const line of lines) {
    const end = line.trimEnd();
    if (end.endsWith(continuation)) open += `${end.slice(0, -1)} `;
    else {
      joined.push(`${open}${end}`.trim());
      open = '';
    }
  }
  return [...joined, open.trim()].filter((line) => line !== '');
}

/** `ARG NAME=default`: what was given wins. */
function addArguments(
  words: readonly string[],
  args: ReadonlyMap<string, string>,
  variables: Map<string, string>,
): void {
  for (const word of words) {
    const [, name = '', written] = /^(\w+)(?:=(.*))?$/.exec(word) ?? [];
    const value = args.get(name) ?? (written === undefined ? undefined : unquoted(written));
    if (value !== undefined) variables.set(name, withVariables(value, variables));
  }
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

/** `COPY --from=x`, `RUN --mount=type=bind,from=x`. */
function copiedFrom(instruction: string, words: readonly string[]): string[] {
  const flags = words.slice(
    0,
    words.findIndex((word) => !word.startsWith('--')),
  );
  return flags.flatMap((flag) => {
    const pattern = instruction === 'RUN' ? /^--mount=(?:.*,)?from=([^,]+)/ : /^--from=(.+)$/;
    return pattern.exec(flag)?.[1] ?? [];
  });
}

/** `$NAME`, `${NAME}`, `${NAME:-other}`, `${NAME:+other}`. */
function withVariables(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^}]*))?\})/g,
    (_all, plain: string | undefined, braced = '', operator = '', other = '') => {
      const value = variables.get(plain ?? braced) ?? '';
      if (operator.endsWith('-')) return value === '' ? other : value;
      if (operator.endsWith('+')) return value === '' ? '' : other;
      return value;
    },
  );
}
