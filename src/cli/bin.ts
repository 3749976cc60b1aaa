#!/usr/bin/env -S node --
import * as nodeModule from 'node:module';

// The `--` in the first line: without it, Node 20 takes an `--env-file` of ours for its own.

// From Node 22.8 on, compiled code is kept between runs; what is imported below is found there.
if ('enableCompileCache' in nodeModule) (nodeModule.enableCompileCache as () => void)();

const { main } = await import('./main.js');
const { nodeIo } = await import('./node-io.js');

process.exitCode = await main(process.argv.slice(2), nodeIo());
