import { push } from '../../images.js';
import type { Project } from '../../model/project.js';
import { planPush } from '../../plan/image/plan-push.js';
import { CancelledError } from '../../problems/errors.js';
import { type Publication, preparePublication, publish, publishReference } from '../../publish.js';
import { version } from '../../version.js';
import type { CommandContext } from '../command-context.js';
import { confirm } from '../confirm.js';
import { exitCode } from '../exit-codes.js';
import { withInterrupts } from '../interrupts.js';
import type { PublishCommandOptions } from '../options/publish-options.js';
import { questionOf } from '../publish-questions.js';
import { registryOf } from '../registry-of.js';
import { inSession, isDryRun } from '../with-stack.js';

/** Asks about what a person should know, pushes the images that are built here, and publishes the files. */
export async function runPublish(
  context: CommandContext,
  [to = '']: string[],
  options: PublishCommandOptions,
): Promise<number> {
  publishReference(to);
  const environment = options.withEnv === true ? 'publish' : 'unasked';
  const request = { files: context.loadRequest(), environment } as const;
  const noteTexts = (texts: ReadonlyMap<string, string>) => context.addTexts(texts);
  const publication = await preparePublication(request, context.io.load, noteTexts);
  const answer = await agree(context, publication, options);
  if (answer === 'no') return exitCode.ok;
  if (isDryRun(context, options)) {
    context.io.stdout.write(dryRunText(publication, to, answer));
    return exitCode.ok;
  }
  await pushImages(context);
  context.reporter.tell({ id: to, status: 'Working', text: 'publishing' });
  await publishNow(context, publication, to, options, answer);
  context.reporter.tell({ id: to, status: 'Done', text: 'published' });
  return exitCode.ok;
}

function dryRunText({ files }: Publication, to: string, answer: 'yes' | 'with-env'): string {
  const published = files.filter(({ kind }) => kind !== 'env' || answer === 'with-env');
  return [...published.map(({ kind, name }) => `publish ${kind} file ${name}`), `to ${to}`, ''].join('\n');
}

/** `with-env`: yes, with the env files. */
async function agree(
  context: CommandContext,
  { concerns }: Publication,
  { yes, withEnv }: PublishCommandOptions,
): Promise<'yes' | 'with-env' | 'no'> {
  let answer: 'yes' | 'with-env' = withEnv === true ? 'with-env' : 'yes';
  for (const concern of concerns) {
    if (yes === true) {
      if (concern.kind === 'env-files') context.reporter.warn(leftOutText(concern.files, context));
      continue;
    }
    if (!(await confirm(context.io, questionOf(concern, context.sources.displayName)))) return 'no';
    if (concern.kind === 'env-files') answer = 'with-env';
  }
  return answer;
}

/** Nobody said that they may be shown, and they may hold secrets. */
function leftOutText(files: readonly string[], { sources }: CommandContext): string {
  const names = files.map((file) => sources.displayName(file)).join(', ');
  return `${names}: env files are published only with --with-env; without them the project cannot be run from there`;
}

/** What cannot be pushed is told, and may be at its registry already. */
async function pushImages(context: CommandContext): Promise<void> {
  const project: Project = await context.loadProject([], 'accept');
  const request = { services: [], dependencies: 'with-dependencies' } as const;
  if (planPush(project, [...project.services.keys()]).steps.length === 0) return;
  const engine = await context.connect();
  try {
    await inSession(context, engine, (session) => push(project, request, session, 'tell'));
  } finally {
    engine.close();
  }
}

async function publishNow(
  context: CommandContext,
  publication: Publication,
  to: string,
  options: PublishCommandOptions,
  answer: 'yes' | 'with-env',
): Promise<void> {
  await withInterrupts(context.io, async ({ drain }) => {
    if (drain.aborted) throw new CancelledError();
    await publish(publication, to, registryOf(context, drain), {
      environment: answer === 'with-env' ? 'publish' : 'leave',
      images: options.app === true ? 'copies' : options.resolveImageDigests === true ? 'digests' : 'names',
      ociVersion: options.ociVersion ?? 'auto',
      version: `tscompose ${version}`,
      createdAtMs: context.io.clock.nowMs(),
    });
  });
}
