import { type Command, Option } from 'commander';

export interface DoctorOptions {
  readonly format: 'text' | 'json';
}

export function addDoctorOptions(command: Command): void {
  command.addOption(
    new Option('--format <format>', 'a page for people, or one JSON document')
      .choices(['text', 'json'])
      .default('text'),
  );
}
