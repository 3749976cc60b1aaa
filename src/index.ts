export { ComposeProject, type ReconcileOptions } from './client/compose-project.js';
export { type Connection, type ConnectOptions, connect } from './client/connect.js';
export type { Endpoint } from './client/endpoint.js';
export { JobHandle, type JobResult } from './client/job-handle.js';
export { loadProject, type ProjectOptions } from './client/load-project.js';
export type { LogLine } from './client/log-lines.js';
export type * from './client/options.js';
export type { ProjectDefinition, ProjectSource } from './client/project-source.js';
export type { ProgramResult } from './client/run-program.js';
export { type EndpointOptions, ServiceHandle } from './client/service-handle.js';
export { Stack } from './client/stack.js';
export { type ComposeContext, type Defined, defineCompose } from './define/define-compose.js';
export type { ComposeDefinition } from './define/definition.js';
export type { Engine } from './engine/engine.js';
export type { ComposeFile } from './model/compose-file.js';
export type { ProjectEvent } from './model/looks.js';
export type { ObservedContainer } from './model/observed.js';
export type { Plan, PlanNote, Reason, Step } from './model/plan.js';
export type { ProgressEvent } from './model/progress.js';
export type { Project } from './model/project.js';
export type { DownPolicy } from './plan/down-policy.js';
export type { UpPolicy } from './plan/policy.js';
export { formatPlan } from './plan/text/format-plan.js';
export type {
  ChangeDocument,
  NoteDocument,
  PlanDocument,
  ReasonDocument,
  StepDocument,
} from './plan/text/plan-json.js';
export type { Diagnostic } from './problems/diagnostic.js';
export * from './problems/errors.js';
export { formatDiagnostic } from './problems/format-diagnostic.js';
export type { FailureFacts, ProblemFacts } from './report/event/failure-facts.js';
export { errorDocument } from './report/event/json-reporter.js';
export type {
  DocumentKind,
  DocumentOf,
  EventBuild,
  EventStep,
  ProgressDocument,
  ProgressWords,
} from './report/event/progress-document.js';
export { type DocumentWords, progressDocuments } from './report/event/progress-documents.js';
export { version } from './version.js';
