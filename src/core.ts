export { agreeTo, applyAgreed, planAgreed } from './apply-agreed.js';
export {
  type BuildOutcome,
  bakeDefinition,
  build,
  type CheckedBuild,
  checkBuilds,
  planBuildOf,
} from './build.js';
export { down, plan, planDownOf, projectByName, up } from './compose.js';
export { type DoctorRequest, doctor, type Examination } from './doctor.js';
export { connectEngine } from './engine/docker/connect.js';
export type { Engine } from './engine/engine.js';
export type { CommitRequest, EventSpan } from './engine/look-port.js';
export type {
  ExecProcess,
  ExecSpec,
  ProcessStreams,
  TerminalSize,
} from './engine/process-port.js';
export { holdProject } from './hold-project.js';
export { type BuildSurroundings, nodeBuildPlaces } from './host/build-places.js';
export { fileLocks, type LockSurroundings } from './host/lock/file-locks.js';
export { nodePrograms } from './host/node-programs.js';
export { type FetchSurroundings, fetchRemote } from './host/remote/fetch-remote.js';
export { type ImagesOutcome, planPullOf, planPushOf, pull, push, servicesToBuild } from './images.js';
export {
  kill,
  pause,
  planChange,
  planRestartOf,
  removeContainers,
  restart,
  start,
  stop,
  unpause,
} from './lifecycle.js';
export type { LoadIo, LoadRequest } from './load/load-io.js';
export { loadProject } from './load/load-project.js';
export type { LoadResult } from './load/load-result.js';
export type * from './load/remote/remote-files.js';
export { type LockChange, type LockOutcome, type LockRequest, type LockSession, lock } from './lock.js';
export type { AgreedPlan } from './model/agreed-plan.js';
export type { ApplyResult, StepOutcome } from './model/apply-result.js';
export type * from './model/build.js';
export type * from './model/build-places.js';
export type * from './model/control.js';
export type * from './model/engine-machine.js';
export type * from './model/finding.js';
export type * from './model/host-facts.js';
export type * from './model/instance.js';
export type * from './model/looks.js';
export type * from './model/mount.js';
export type { Patience } from './model/patience.js';
export type { Places } from './model/places.js';
export type { Plan, PlanNote, Reason, Step } from './model/plan.js';
export type { ProgressEvent } from './model/progress.js';
export type * from './model/project.js';
export type * from './model/project-lock.js';
export type * from './model/resources.js';
export type * from './model/service.js';
export type { TransferEnd, TransferState } from './model/transfer.js';
export type * from './model/watch.js';
export type * from './model/watch-event.js';
export { type AttachedContainer, type AttachTarget, attach } from './operate/attach.js';
export { connectStreams, type OwnStreams } from './operate/connect-streams.js';
export { type CopyOutcome, type CopyRequest, copy } from './operate/copy/copy.js';
export { type CopyPlace, parseCopyPlace } from './operate/copy/copy-place.js';
export { projectEvents } from './operate/events.js';
export { type ExecTarget, exec, execDetached } from './operate/exec.js';
export { listImages } from './operate/images.js';
export { commitContainer, exportContainer } from './operate/keep-container.js';
export { listProjects } from './operate/list-projects.js';
export type { FollowEvent, FollowedContainer } from './operate/log-events.js';
export type { LogLines } from './operate/log-lines.js';
export { followLogs, type LogsRequest, logContainers, readLogs } from './operate/logs.js';
export { servicePorts } from './operate/ports.js';
export { publishedPort } from './operate/published-port.js';
export type { ContainerProcess } from './operate/start-container.js';
export { readUsageOnce, watchUsage } from './operate/stats.js';
export { listProcesses } from './operate/top.js';
export { listVolumes } from './operate/volumes.js';
export { waitForExits } from './operate/wait-exit.js';
export { drawProject, type PictureFormat } from './picture/draw.js';
export type { PicturePaint, TextShape } from './picture/draw-text.js';
export type { PictureChoice } from './picture/picture-of.js';
export { type BuildPolicy, defaultBuildPolicy } from './plan/build/plan-build.js';
export type { ElsewherePolicy } from './plan/check/check-descent.js';
export type { RunRequest } from './plan/container/one-off.js';
export type { DownPolicy } from './plan/down-policy.js';
export type { PullRequest } from './plan/image/plan-pull.js';
export type { PushRequest } from './plan/image/plan-push.js';
export { defaultUpPolicy, type UpPolicy } from './plan/policy.js';
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
export {
  type Publication,
  type PublicationRequest,
  type PublishConcern,
  type PublishOptions,
  preparePublication,
  publish,
} from './publish.js';
export { type ReconcileRequest, reconcile } from './reconcile.js';
export { RegistryClient } from './registry/registry-client.js';
export type { RegistrySurroundings } from './registry/registry-connection.js';
export { type ResolvedImage, resolveImage } from './registry/resolve-image.js';
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
export { planRun, run, runDetached } from './run.js';
export type { Session } from './session.js';
export { version } from './version.js';
export { type WatchControls, type WatchRequest, watch, watchedRules } from './watch.js';
export type { WatchSelection } from './watch-scope.js';
