import type { ContainerSpec, NamespaceRequest } from '../model/container-spec.js';
import { given } from '../model/given.js';
import { modelFacts, modelSource } from '../model/model-facts.js';
import type { ContainerRef, Step, StepKind, StepOf } from '../model/plan.js';
import { redactText } from '../model/redact.js';
import { HookError, InternalError, ProviderError } from '../problems/errors.js';
import { withName } from './name-container.js';
import { prepareModel } from './prepare-model.js';
import { removeUnlessUsed } from './remove-unless-used.js';
import { runBuild } from './run-build.js';
import { runPreStart } from './run-pre-start.js';
import { runProvider } from './run-provider.js';
import { runPull, runPush } from './run-transfer.js';
import type { StepContext, StepEffect } from './step-context.js';
import { waitFor } from './wait-for.js';

const nothing: StepEffect = {};

type Runners = { [K in StepKind]: (step: StepOf<K>, context: StepContext) => Promise<StepEffect> };

/** One entry a kind of step: the compiler sees to it that none is forgotten. */
const runners: Runners = {
  'create-network': async ({ network, labels }, { engine, signal }) => {
    await engine.createNetwork(network, labels, signal);
    return nothing;
  },
  'remove-network': async ({ name, networkId, whenInUse }, { engine, signal }) =>
    removeUnlessUsed(
      { kind: 'network', name, nameOrId: networkId },
      () => engine.removeNetwork(networkId, signal),
      {
        whenInUse,
        engine,
        signal,
      },
    ),
  'connect-network': async ({ endpoint, container }, { engine, created, signal }) => {
    await engine.connectNetwork(endpoint, idOf(container, created), signal);
    return nothing;
  },
  'disconnect-network': async ({ network, container }, { engine, created, signal }) => {
    await engine.disconnectNetwork(network, idOf(container, created), signal);
    return nothing;
  },
  'create-volume': async ({ volume, labels }, { engine, signal }) => {
    await engine.createVolume(volume, labels, signal);
    return nothing;
  },
  'remove-volume': async ({ name, whenInUse }, { engine, signal }) =>
    removeUnlessUsed({ kind: 'volume', name, nameOrId: name }, () => engine.removeVolume(name, signal), {
      whenInUse,
      engine,
      signal,
    }),
  'remove-image': async ({ reference, whenInUse }, { engine, signal }) =>
    removeUnlessUsed(
      { kind: 'image', name: reference, nameOrId: reference },
      () => engine.images.remove(reference, signal),
      {
        whenInUse,
        engine,
        signal,
      },
    ),
  'pull-image': runPull,
  'push-image': runPush,
  'build-image': runBuild,
  'create-container': async ({ spec }, { engine, created, signal }) => ({
    createdId: await engine.createContainer(resolveRefs(spec, created), signal),
  }),
  'start-container': async ({ container }, { engine, created, signal }) => {
    await engine.startContainer(idOf(container, created), signal);
    return nothing;
  },
  'stop-container': async ({ container, timeoutSec }, { engine, created, leaving, signal }) => {
    const id = idOf(container, created);
    const until = leaving.has(id) ? 'ended' : 'listed';
    await engine.stopContainer(id, { until, ...given({ timeoutSec }) }, signal);
    return nothing;
  },
  'restart-container': async ({ container, timeoutSec }, { engine, created, signal }) => {
    const options = timeoutSec === undefined ? {} : { timeoutSec };
    await engine.lifecycle.restart(idOf(container, created), options, signal);
    return nothing;
  },
  'pause-container': async ({ container }, { engine, created, signal }) => {
    await engine.lifecycle.pause(idOf(container, created), signal);
    return nothing;
  },
  'unpause-container': async ({ container }, { engine, created, signal }) => {
    await engine.lifecycle.unpause(idOf(container, created), signal);
    return nothing;
  },
  'kill-container': async ({ container, unixSignal }, { engine, created, signal }) => {
    await engine.killContainer(idOf(container, created), unixSignal, signal);
    return nothing;
  },
  'remove-container': async ({ container, anonymousVolumes }, { engine, created, signal }) => {
    await engine.removeContainer(idOf(container, created), { anonymousVolumes }, signal);
    return nothing;
  },
  'rename-container': async ({ container, name }, { engine, created, signal }) => {
    await engine.renameContainer(idOf(container, created), name, signal);
    return nothing;
  },
  'update-container': async ({ container, limits }, { engine, created, signal }) => {
    await engine.lifecycle.update(idOf(container, created), limits, signal);
    return nothing;
  },
  'write-files': async ({ container, files }, { engine, created, signal }) => {
    await engine.writeFiles(idOf(container, created), files, signal);
    return nothing;
  },
  'run-pre-start': async ({ spec, index, files }, context) => {
    await runPreStart({ spec: resolveRefs(spec, context.created), index, files }, context);
    return nothing;
  },
  'prepare-model': async ({ model, service = '' }, { programs, signal, emitPart }) => {
    if (programs === undefined) throw noPrograms(service);
    const onInfo = (status: string) =>
      emitPart({ part: model.key, status, currentBytes: undefined, totalBytes: undefined });
    const { url } = await prepareModel(model, { programs, onInfo, signal });
    const variables = new Map([
      [modelFacts.url, url],
      [modelFacts.model, model.model],
    ]);
    return { provided: { source: modelSource(model.key), variables } };
  },
  'run-provider': async ({ provider, action, service = '' }, { programs, project, signal, emitPart }) => {
    if (programs === undefined) throw noPrograms(service);
    const onInfo = (status: string) =>
      emitPart({ part: service, status, currentBytes: undefined, totalBytes: undefined });
    const run = { project, service, provider, action };
    return { provided: { source: service, variables: await runProvider(run, { programs, onInfo, signal }) } };
  },
  'run-hook': async ({ container, hook, phase, service }, { engine, created, signal }) => {
    const { exitCode, output } = await engine.runProgram(idOf(container, created), hook, signal);
    if (exitCode === 0) return nothing;
    throw new HookError(container.name, `${service} hook exited with status ${exitCode}`, {
      evidence: [`${phase}: ${redactText(hook.command.join(' '))}`, ...lastLines(output)],
      hint: `the command by hand: tscompose exec ${service} ${redactText(hook.command.join(' '))}`,
    });
  },
  wait: async ({ containers, condition, need, service = '' }, context) => {
    const { engine, watch, created, signal, drain, emitPart } = context;
    const targets = containers.map((ref) => ({ id: idOf(ref, created), name: ref.name, service }));
    const stop = drain === undefined ? signal : AbortSignal.any([signal, drain]);
    try {
      await waitFor(targets, condition, {
        ...{ engine, watch, stop },
        onFailedProbes: (part, failedProbes) =>
          emitPart({
            part,
            status: 'starting',
            currentBytes: undefined,
            totalBytes: undefined,
            failedProbes,
          }),
      });
      return nothing;
    } catch (error) {
      if (need === 'required' || stop.aborted || !(error instanceof Error)) throw error;
      return { warning: `optional ${error.message}` };
    }
  },
};

/** Carries one step out. Throws what the engine throws, with the name of the container instead of its id. */
export async function runStep(step: Step, context: StepContext): Promise<StepEffect> {
  const run = runners[step.kind] as (step: Step, context: StepContext) => Promise<StepEffect>;
  try {
    return await run(step, context);
  } catch (error) {
    throw 'container' in step ? withName(error, step.container, context.created) : error;
  }
}

function idOf(ref: ContainerRef, created: ReadonlyMap<number, string>): string {
  if (ref.kind === 'existing') return ref.id;
  const id = created.get(ref.step);
  if (id === undefined) throw new InternalError(`step #${ref.step} has not created ${ref.name}`);
  return id;
}

function resolveRefs(
  spec: ContainerSpec<ContainerRef>,
  created: ReadonlyMap<number, string>,
): ContainerSpec<string> {
  const resolve = (
    request: NamespaceRequest<ContainerRef> | undefined,
  ): NamespaceRequest<string> | undefined =>
    request?.kind === 'container'
      ? { kind: 'container', container: idOf(request.container, created) }
      : request;
  return {
    ...spec,
    networkMode: resolve(spec.networkMode),
    pid: resolve(spec.pid),
    ipc: resolve(spec.ipc),
    volumesFrom: spec.volumesFrom.map(({ container, mode }) => ({
      container: idOf(container, created),
      mode,
    })),
  };
}

function noPrograms(service: string): ProviderError {
  return new ProviderError(
    service,
    `service "${service}" needs a program of this machine, and none may be run here`,
    {
      hint: 'give the session the programs of the host: `programs: nodePrograms({ environment, homeDir })`',
    },
  );
}

const hookLinesShown = 10;

function lastLines(output: string): string[] {
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-hookLinesShown)
    .map((line) => `  ${line}`);
}
