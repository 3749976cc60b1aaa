import type { Command } from 'commander';
import { addCreateOptions, type CreateOptions } from '../options/create-options.js';
import { addKillOptions, type KillOptions } from '../options/kill-options.js';
import { addPauseOptions, type PauseOptions } from '../options/pause-options.js';
import { addRestartOptions, type RestartOptions } from '../options/restart-options.js';
import { addRmOptions, type RmOptions } from '../options/rm-options.js';
import { addScaleOptions, type ScaleOptions } from '../options/scale-options.js';
import { addStartOptions, type StartOptions } from '../options/start-options.js';
import { addStopOptions, type StopOptions } from '../options/stop-options.js';
import { addWaitOptions, type WaitOptions } from '../options/wait-options.js';
import type { Act } from './act.js';

/** Commands that change the state of containers that are there. */
export function addLifecycleCommands(program: Command, act: Act): void {
  addMakingCommands(program, act);
  addRunningCommands(program, act);
  addEndingCommands(program, act);
}

function addMakingCommands(program: Command, act: Act): void {
  const create = program.command('create [services...]').description('make containers without starting them');
  addCreateOptions(create);
  create.action(
    act<CreateOptions>(async (...call) => (await import('../commands/create.js')).runCreate(...call)),
  );

  const scale = program
    .command('scale <service=number...>')
    .description('make or remove containers until a service has as many as wanted');
  addScaleOptions(scale);
  scale.action(
    act<ScaleOptions>(async (...call) => (await import('../commands/scale.js')).runScale(...call)),
  );
}

function addRunningCommands(program: Command, act: Act): void {
  const start = program.command('start [services...]').description('start containers that are there');
  addStartOptions(start);
  start.action(
    act<StartOptions>(async (...call) => (await import('../commands/start.js')).runStart(...call)),
  );

  const restart = program.command('restart [services...]').description('restart containers as they are');
  addRestartOptions(restart);
  restart.action(
    act<RestartOptions>(async (...call) => (await import('../commands/restart.js')).runRestart(...call)),
  );

  const pause = program.command('pause [services...]').description('freeze running containers');
  addPauseOptions(pause);
  pause.action(
    act<PauseOptions>(async (...call) => (await import('../commands/pause.js')).runPause(...call)),
  );

  const unpause = program.command('unpause [services...]').description('let frozen containers go on');
  addPauseOptions(unpause);
  unpause.action(
    act<PauseOptions>(async (...call) => (await import('../commands/unpause.js')).runUnpause(...call)),
  );
}

function addEndingCommands(program: Command, act: Act): void {
  const stop = program.command('stop [services...]').description('stop containers and keep them');
  addStopOptions(stop);
  stop.action(act<StopOptions>(async (...call) => (await import('../commands/stop.js')).runStop(...call)));

  const kill = program.command('kill [services...]').description('send a signal to running containers');
  addKillOptions(kill);
  kill.action(act<KillOptions>(async (...call) => (await import('../commands/kill.js')).runKill(...call)));

  const rm = program.command('rm [services...]').description('remove stopped containers');
  addRmOptions(rm);
  rm.action(act<RmOptions>(async (...call) => (await import('../commands/rm.js')).runRm(...call)));

  const wait = program
    .command('wait <services...>')
    .description('wait until containers have ended, and end with their exit code');
  addWaitOptions(wait);
  wait.action(act<WaitOptions>(async (...call) => (await import('../commands/wait.js')).runWait(...call)));
}
