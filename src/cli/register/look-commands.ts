import type { Command } from 'commander';
import { addDoctorOptions, type DoctorOptions } from '../options/doctor-options.js';
import { addEventsOptions, type EventsOptions } from '../options/events-options.js';
import { addListOptions, type ListOptions } from '../options/list-options.js';
import { addLogsOptions, type LogsOptions } from '../options/logs-options.js';
import { addLsOptions, type LsOptions } from '../options/ls-options.js';
import { addPortOptions, type PortOptions } from '../options/port-options.js';
import { addPortsOptions, type PortsOptions } from '../options/ports-options.js';
import { addPsOptions, type PsOptions } from '../options/ps-options.js';
import { addStatsOptions, type StatsOptions } from '../options/stats-options.js';
import { addTopOptions, type TopOptions } from '../options/top-options.js';
import type { Act } from './act.js';
import { addCompletionCommands } from './completion-commands.js';
import { addKeepCommands } from './keep-commands.js';

/** Commands that show what runs and change nothing. */
export function addLookCommands(program: Command, act: Act): void {
  addListCommands(program, act);
  addStreamCommands(program, act);
  addDoctor(program, act);
  addKeepCommands(program, act);
  addCompletionCommands(program, act);
}

function addListCommands(program: Command, act: Act): void {
  const ps = program.command('ps [services...]').description('list containers');
  addPsOptions(ps);
  ps.action(act<PsOptions>(async (...call) => (await import('../commands/ps.js')).runPs(...call)));

  const ls = program.command('ls').description('list projects, whoever made them');
  addLsOptions(ls);
  ls.action((options: LsOptions) =>
    act<LsOptions>(async (...call) => (await import('../commands/ls.js')).runLs(...call))([], options),
  );

  const images = program.command('images [services...]').description('list the image of each container');
  addListOptions(images, 'ids only');
  images.action(
    act<ListOptions>(async (...call) => (await import('../commands/images.js')).runImages(...call)),
  );

  const volumes = program.command('volumes [services...]').description('list volumes');
  addListOptions(volumes, 'names only');
  volumes.action(
    act<ListOptions>(async (...call) => (await import('../commands/volumes.js')).runVolumes(...call)),
  );

  const port = program
    .command('port <service> <port>')
    .description('say where a port of a service is published');
  addPortOptions(port);
  port.action((service: string, number: string, options: PortOptions) =>
    act<PortOptions>(async (...call) => (await import('../commands/port.js')).runPort(...call))(
      [service, number],
      options,
    ),
  );

  const ports = program.command('ports [services...]').description('list published ports by service');
  addPortsOptions(ports);
  ports.action(
    act<PortsOptions>(async (...call) => (await import('../commands/ports.js')).runPorts(...call)),
  );

  const top = program.command('top [services...]').description('list processes');
  addTopOptions(top);
  top.action(act<TopOptions>(async (...call) => (await import('../commands/top.js')).runTop(...call)));
}

function addStreamCommands(program: Command, act: Act): void {
  const logs = program.command('logs [services...]').description('show what containers have written');
  addLogsOptions(logs);
  logs.action(act<LogsOptions>(async (...call) => (await import('../commands/logs.js')).runLogs(...call)));

  const stats = program.command('stats [service]').description('show what containers use of the machine');
  addStatsOptions(stats);
  stats.action((service: string | undefined, options: StatsOptions) =>
    act<StatsOptions>(async (...call) => (await import('../commands/stats.js')).runStats(...call))(
      service === undefined ? [] : [service],
      options,
    ),
  );

  const events = program.command('events [services...]').description('tell what happens to containers');
  addEventsOptions(events);
  events.action(
    act<EventsOptions>(async (...call) => (await import('../commands/events.js')).runEvents(...call)),
  );
}

function addDoctor(program: Command, act: Act): void {
  const doctor = program
    .command('doctor')
    .description('say what is wrong with the engine, the machine and the files, and what to do');
  addDoctorOptions(doctor);
  doctor.action((options: DoctorOptions) =>
    act<DoctorOptions>(async (...call) => (await import('../commands/doctor.js')).runDoctor(...call))(
      [],
      options,
    ),
  );
}
