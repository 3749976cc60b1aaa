import assert from 'node:assert/strict';
import * as library from 'tscompose';
import compose, * as named from 'tscompose/compat';
import { defaultUpPolicy, plan } from 'tscompose/core';
import schema from 'tscompose/schema' with { type: 'json' };
import * as testing from 'tscompose/testing';
import { checkNothingIsLeft, useCompat, useLibrary, useTesting } from './library.mjs';

assert.equal(compose.upAll, named.upAll);
assert.equal(typeof plan, 'function');
assert.equal(defaultUpPolicy.wait, 'none');
assert.equal(typeof schema.properties.services, 'object');
await useLibrary(library);
await useCompat(named);
await useTesting(testing);
checkNothingIsLeft();
