import { describe, expect, test } from 'vitest';
import { compileTemplate } from '../../../src/report/go-template.js';

const data = {
  Name: 'app-web-1',
  State: 'running',
  ExitCode: 0,
  Empty: '',
  Ports: [
    { URL: '127.0.0.1', TargetPort: 80 },
    { URL: '::', TargetPort: 81 },
  ],
  Label: (key: unknown) => (key === 'team' ? 'blue' : ''),
};

const render = (template: string) => compileTemplate(template).render(data);

describe('a template', () => {
  test.each([
    ['shows fields between text', 'a {{.Name}} b', 'a app-web-1 b'],
    ['calls a method', '{{.Label "team"}}', 'blue'],
    ['shows everything as JSON', '{{json .Ports}}', JSON.stringify(data.Ports)],
    ['takes raw texts', '{{.Label `team`}}', 'blue'],
    ['hands a value on through a pipe', '{{.State | upper | printf "%-8s|"}}', 'RUNNING |'],
    ['splits and joins', '{{join (split .Name "-") "/"}}', 'app/web/1'],
    ['counts, cuts and pads', '{{len .Name}} {{truncate .Name 3}}{{pad .State 1 2}}.', '9 app running  .'],
    ['prints a line', '{{println .Name .State}}', 'app-web-1 running\n'],
    ['chooses', '{{if eq .State "paused" "running"}}up{{else}}down{{end}}', 'up'],
    ['chooses among several', '{{if .Empty}}a{{else if not .ExitCode}}b{{else}}c{{end}}', 'b'],
    ['goes through a list', '{{range .Ports}}{{.TargetPort}} {{end}}', '80 81 '],
    ['counts along', '{{range $i, $p := .Ports}}{{$i}}={{$p.TargetPort}};{{end}}', '0=80;1=81;'],
    ['has another way for an empty list', '{{range .Empty}}x{{else}}none{{end}}', 'none'],
    ['knows the whole from inside', '{{range .Ports}}{{$.Name}} {{end}}', 'app-web-1 app-web-1 '],
    ['looks closer', '{{with index .Ports 0}}{{.URL}}{{end}}', '127.0.0.1'],
    ['keeps a value', '{{$x := .State}}{{$x}}', 'running'],
    ['takes blanks away', 'a {{- .State -}} b', 'arunningb'],
    ['leaves comments out', 'a{{/* nothing */}}b', 'ab'],
    ['may have braces in its texts', '{{print "}}"}}', '}}'],
    ['combines conditions', '{{and .Name .State}} {{or .Empty "x"}}', 'running x'],
    ['compares', '{{lt 1 2}} {{ge 1 2}} {{ne .Name ""}}', 'true false true'],
  ])('%s', (_rule, template, text) => {
    expect(render(template)).toBe(text);
  });

  test.each([
    ['names the fields when one is not there', '{{.Nope}}', 'there is no field ".Nope" here'],
    ['names a function that is not there', '{{nope .Name}}', 'templates have no function "nope"'],
    [
      'must be closed',
      'a {{.Name',
      'cannot read the template "a {{.Name": an action is not closed: }} is missing',
    ],
    [
      'must end what it begins',
      '{{if .Name}}a',
      'cannot read the template "{{if .Name}}a": {{if}} needs an {{end}}',
    ],
    [
      'must begin what it ends',
      'a{{end}}',
      'cannot read the template "a{{end}}": there is an {{end}} or {{else}} too many',
    ],
    ['must say something', '{{}}', 'cannot read the template "{{}}": an action is empty'],
    [
      'does not reach into what an object inherits',
      '{{.constructor}}',
      'there is no field ".constructor" here',
    ],
  ])('%s', (_rule, template, message) => {
    expect(() => render(template)).toThrow(message);
  });
});
