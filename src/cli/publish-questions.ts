import type { PublishConcern } from '../publish.js';

type Questions = {
  [K in PublishConcern['kind']]: (
    concern: Extract<PublishConcern, { kind: K }>,
    displayName: (file: string) => string,
  ) => string;
};

/** In the words of docker compose, except that no secret is shown. */
const questions: Questions = {
  'bind-mounts': ({ mounts }) =>
    [
      'you are about to publish bind mounts declaration within your OCI artifact.',
      'only the bind mount declarations will be added to the OCI artifact (not content)',
      "please double check that you are not mounting potential user's sensitive directories or data",
      ...mounts.map(({ service, mount }) => `  ${service}  ${mount}`),
      'Are you ok to publish these bind mount declarations?',
    ].join('\n'),
  secrets: ({ findings }, displayName) =>
    [
      'you are about to publish sensitive data within your OCI artifact.',
      'please double check that you are not leaking sensitive data',
      ...findings.map(({ name, file, line }) => `  ${displayName(file)}:${line}  ${name}`),
      'Are you ok to publish these sensitive data?',
    ].join('\n'),
  'env-files': ({ files }, displayName) =>
    [
      'you are about to publish environment variables within your OCI artifact.',
      'please double check that you are not leaking sensitive data',
      ...files.map((file) => `  ${displayName(file)}`),
      'Are you ok to publish these environment variables?',
    ].join('\n'),
  'inline-configs': ({ configs }) =>
    [
      'you are about to publish the content of configs within your OCI artifact.',
      ...configs.map((name) => `  ${name}`),
      'Are you ok to publish these configs?',
    ].join('\n'),
};

export function questionOf(concern: PublishConcern, displayName: (file: string) => string): string {
  const ask = questions[concern.kind] as (
    concern: PublishConcern,
    displayName: (file: string) => string,
  ) => string;
  return `${ask(concern, displayName)} `;
}
