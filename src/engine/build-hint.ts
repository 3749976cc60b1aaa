/** What to do about a build that failed, by what its builder says. */
export function buildHint(problem: string, service: string): string {
  const known = hints.find(([pattern]) => pattern.test(problem))?.[1];
  return known ?? `all that it prints: tscompose --progress plain build ${service}`;
}

const hints: readonly (readonly [RegExp, string])[] = [
  [
    /^"\/.*not found|not found in build context|COPY failed|ADD failed/,
    'paths are those of the build context: is it there, and not ignored by .dockerignore?',
  ],
  [/dockerfile parse error|unknown instruction|cannot be empty/i, 'correct that line of the Dockerfile'],
  [/target stage/, 'name a stage that the Dockerfile has ("FROM … AS NAME"), or leave "target" out'],
  [
    /dial (?:tcp|udp)|no such host|connection refused|no route to host|i\/o timeout/,
    'the engine does not reach that registry: check the name of the image in FROM, and the network of the engine',
  ],
  [
    /pull access denied|unauthorized|authorization failed|manifest unknown|: not found$/,
    'check the name and tag of the image in FROM, and log in to its registry if it is private',
  ],
];
