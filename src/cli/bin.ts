#!/usr/bin/env -S node --
import { join } from 'node:path';
import { programFile } from './start/program-text.js';
import { startProcess } from './start/start-process.js';

// The `--` in the first line: without it, Node takes an `--env-file` of ours for its own.

startProcess(() => programFile(join(import.meta.dirname, 'program.js')));
