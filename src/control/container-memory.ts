import type { ContainerNews, WakeReason } from '../model/control.js';
import { isUp } from '../model/is-up.js';
import type { ObservedContainer } from '../model/observed.js';
import type { Step } from '../model/plan.js';
import { passingSignals } from '../model/signals.js';

/** What is known of the last run of a container. */
interface Run {
  /** It was seen running, by an event or in a list, so that its end happened before our eyes. */
  wasSeen: boolean;
  /** Signals that the engine sent it on somebody's request. */
  signals: Set<number>;
  /** The engine said that somebody stopped it. */
  wasStopped: boolean;
  hasEnded: boolean;
  /** It ended by itself, with exit code 0. */
  endedWell: boolean;
  /** It became healthy. */
  wasHealthy: boolean;
  lastKillMs: number;
}

/** How long a container may take to end after it was asked to. */
const endingMs = 30_000;

/** How long a shutting down engine takes to stop its containers, before it stops them by force. */
const engineStopMs = 15_000;
/** It tells all of them to stop within that time. */
const burstMs = 2000;

/**
 * What events have told of containers, and what a look cannot tell: who ended a container. An end on request
 * (`docker stop`, `tscompose stop`, `docker kill`) is a person's, unless we were the ones who asked.
 */
export class ContainerMemory {
  readonly #runs = new Map<string, Run>();
  readonly #heard = new WeakSet<WakeReason>();
  /** Containers that a plan of ours stops. */
  readonly #ours = new Set<string>();
  /** Stopped by a person, or finished, and then removed: `web` → numbers. */
  readonly #gone = new Map<string, Set<number>>();

  /** What was heard before counts once. */
  hear(reasons: readonly WakeReason[]): void {
    for (const reason of reasons) {
      if (this.#heard.has(reason)) continue;
      this.#heard.add(reason);
      if (reason.kind === 'container') this.#hearContainer(reason);
      if (reason.kind === 'engine-lost') this.#forgetEngineStop(reason.atMs);
    }
  }

  /** Takes in a list: what runs now has been seen running. */
  see(containers: readonly ObservedContainer[]): void {
    const ids = new Set(containers.map(({ id }) => id));
    for (const id of this.#runs.keys()) if (!ids.has(id)) this.#runs.delete(id);
    for (const id of this.#ours) if (!ids.has(id)) this.#ours.delete(id);
    for (const { id, state, service, number, exitCode } of containers) {
      if (isUp({ state })) this.#runOf(id).wasSeen = true;
      if (state === 'exited') this.#runOf(id).hasEnded = true;
      if (exitCode === 0) this.#runOf(id).endedWell = true;
      if (number !== undefined) this.#gone.get(service)?.delete(number);
    }
  }

  /** Steps that are about to be carried out: what they end was not ended by a person. */
  expect(steps: readonly Step[]): void {
    for (const step of steps) {
      if (!endsContainer(step) || step.container.kind !== 'existing') continue;
      this.#ours.add(step.container.id);
    }
  }

  wasSeenRunning(id: string): boolean {
    return this.#runs.get(id)?.wasSeen === true;
  }

  wasEndedByUs(id: string): boolean {
    return this.#ours.has(id);
  }

  /** Whether a person ended the last run of a container that has exited with this code. */
  wasEndedByUser(id: string, exitCode: number): boolean {
    const run = this.#runs.get(id);
    if (run === undefined || this.#ours.has(id)) return false;
    const isOfSignal = (signal: number) => !passingSignals.has(signal) || exitCode === 128 + signal;
    return run.wasStopped || [...run.signals].some(isOfSignal);
  }

  /** Somebody has just asked for its end: it may run on for a while, already off its networks. */
  isEnding(id: string, nowMs: number): boolean {
    const run = this.#runs.get(id);
    if (run === undefined || nowMs - run.lastKillMs > endingMs) return false;
    return [...run.signals].some((signal) => !passingSignals.has(signal));
  }

  wasHealthy(id: string): boolean {
    return this.#runs.get(id)?.wasHealthy === true;
  }

  /** How many containers of a service were removed after a person had stopped them, or after they had finished. */
  removedByUser(service: string): number {
    return this.#gone.get(service)?.size ?? 0;
  }

  #hearContainer({ action, id, service, number, unixSignal, exitCode, atMs }: ContainerNews): void {
    const run = this.#runOf(id);
    switch (action) {
      case 'start':
        this.#runs.set(id, { ...freshRun(), wasSeen: true });
        this.#ours.delete(id);
        if (number !== undefined) this.#gone.get(service)?.delete(number);
        return;
      case 'kill':
        if (unixSignal !== undefined) run.signals.add(unixSignal);
        run.lastKillMs = atMs;
        return;
      case 'stop':
        run.wasStopped = true;
        return;
      case 'die':
        run.hasEnded = true;
        run.endedWell = exitCode === 0;
        return;
      case 'health_status: healthy':
        run.wasHealthy = true;
        return;
      case 'create':
        if (number !== undefined) this.#gone.get(service)?.delete(number);
        return;
      case 'destroy':
        this.#hearRemoval(id, service, number, run);
    }
  }

  #hearRemoval(id: string, service: string, number: number | undefined, run: Run): void {
    // `rm -f` kills, but does not stop: what goes like that comes back.
    const isDone = run.wasStopped || (run.endedWell && run.signals.size === 0);
    if (isDone && number !== undefined && !this.#ours.has(id)) {
      this.#gone.set(service, (this.#gone.get(service) ?? new Set()).add(number));
    }
    this.#runs.delete(id);
    this.#ours.delete(id);
  }

  /**
   * An engine that shuts down stops its containers, with the same events as when a person does. But it stops all of
   * them at once: what ended while another one ran on was ended by a person.
   */
  #forgetEngineStop(lostAtMs: number): void {
    const seen = [...this.#runs.values()].filter(({ wasSeen }) => wasSeen);
    if (seen.some(({ hasEnded }) => !hasEnded)) return;
    const lastKillMs = seen.reduce((last, run) => Math.max(last, run.lastKillMs), 0);
    for (const run of seen) {
      if (run.lastKillMs < lostAtMs - engineStopMs || lastKillMs - run.lastKillMs > burstMs) continue;
      run.signals.clear();
      run.wasStopped = false;
    }
  }

  #runOf(id: string): Run {
    const run = this.#runs.get(id) ?? freshRun();
    this.#runs.set(id, run);
    return run;
  }
}

function freshRun(): Run {
  return {
    wasSeen: false,
    signals: new Set(),
    wasStopped: false,
    hasEnded: false,
    endedWell: false,
    wasHealthy: false,
    lastKillMs: 0,
  };
}

type EndingStep = Extract<
  Step,
  { kind: 'stop-container' | 'restart-container' | 'remove-container' | 'kill-container' }
>;

function endsContainer(step: Step): step is EndingStep {
  return ['stop-container', 'restart-container', 'remove-container', 'kill-container'].includes(step.kind);
}
