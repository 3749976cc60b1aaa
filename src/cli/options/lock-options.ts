import type { Command } from 'commander';
import { formatOption } from './format-option.js';
import { dryRunOption } from './parse.js';

export interface LockOptions {
  readonly check?: boolean;
  readonly dryRun?: boolean;
  readonly format?: 'text' | 'json';
}

export function addLockOptions(command: Command): void {
  command
    .option('--check', 'write nothing and ask no registry: exit code 2 when compose.lock is not up to date')
    .addOption(formatOption(['text', 'json']))
    .addOption(dryRunOption());
}

export function addLockUpdateOptions(command: Command): void {
  command
    .option('--check', 'write nothing: exit code 2 when a registry has something newer')
    .addOption(formatOption(['text', 'json']))
    .addOption(dryRunOption());
}

/** Of every command that can keep to `compose.lock`. */
export const lockedText = 'use exactly the images of compose.lock, and fail where the files name others';
