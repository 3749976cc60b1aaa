export { agreeTo, applyAgreed, planAgreed } from './apply-agreed.js';
export {
  type BuildOutcome,
  bakeDefinition,
  build,
  type CheckedBuild,
  checkBuilds,
  planBuildOf,
} from './build.js';
export { applyAll, down, plan, planDownOf, projectByName, up } from './compose.js';
export { type DoctorRequest, doctor, type Examination } from './doctor.js';
export { proxiesIn } from './engine/docker/client-proxies.js';
export { connectEngine } from './engine/docker/connect.js';
export { configDirOf } from './engine/docker/engine-address.js';
export type { Engine } from './engine/engine.js';
export { enginePorts } from './engine/engine-ports.js';
export type { CommitRequest, EventSpan } from './engine/look-port.js';
export type {
  ExecProcess,
  ExecSpec,
  ProcessStreams,
  TerminalSize,
} from './engine/process-port.js';
export { recordCalls } from './engine/recording-engine.js';
export { askDigest } from './engine/registry-retry.js';
export { withActive } from './graph/activate.js';
export { buildDependencyGraph } from './graph/dependency-graph.js';
export { withScale } from './graph/scale.js';
export { selectServices } from './graph/select.js';
export { holdProject } from './hold-project.js';
export { type BuildSurroundings, nodeBuildPlaces } from './host/build-places.js';
export { fileLocks, type LockSurroundings } from './host/lock/file-locks.js';
export { nodePrograms } from './host/node-programs.js';
export { type FetchSurroundings, fetchRemote } from './host/remote/fetch-remote.js';
export { type ImagesOutcome, planPullOf, planPushOf, pull, push, servicesToBuild } from './images.js';
export {
  applyChange,
  driftOf,
  kill,
  pause,
  planChange,
  planRestartOf,
  removeContainers,
  restart,
  restartUpPolicy,
  start,
  stop,
  unpause,
  verbOf,
} from './lifecycle.js';
export { composeVariables } from './load/compose-variables.js';
export { parseEnvFile } from './load/env-file.js';
export { environmentLayers, includeLayers } from './load/environment-layers.js';
export { explainJson } from './load/explain-json.js';
export { explainLoaded } from './load/explain-model.js';
export { explainText } from './load/explain-text.js';
export {
  explainServiceVariable,
  explainVariableName,
  redactVariable,
  splitServiceVariable,
  winnerOf,
} from './load/explain-variable.js';
export { variableJson, variableText } from './load/explain-variable-text.js';
export { autoInstance } from './load/instance/instance-name.js';
export { askedInstance, resolveInstance } from './load/instance/resolve-instance.js';
export { usedVariables } from './load/list-config.js';
export type { LoadIo, LoadRequest } from './load/load-io.js';
export { loadModel, loadSource } from './load/load-model.js';
export { allStages } from './load/load-options.js';
export { loadProject } from './load/load-project.js';
export type { LoadResult } from './load/load-result.js';
export { isSwitchedOn } from './load/lookup.js';
export { parseMountFlag } from './load/mount-flag.js';
export { imageLock, pinImages } from './load/pin-images.js';
export { parsePortFlag } from './load/port-flag.js';
export { ProblemList } from './load/problem-list.js';
export { redactDocument, redactExplained } from './load/redact-config.js';
export type * from './load/remote/remote-files.js';
export { isRemoteFile } from './load/remote/remote-sources.js';
export { renderConfig } from './load/render-config.js';
export { splitShellWords } from './load/shell-words.js';
export { parseByteSize } from './load/units.js';
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
export { DetachKeys, defaultDetachKeys, parseDetachKeys } from './operate/detach-keys.js';
export { projectEvents } from './operate/events.js';
export { type ExecTarget, exec, execDetached } from './operate/exec.js';
export { Follower } from './operate/follow.js';
export { hearCreated } from './operate/hear-created.js';
export { listImages } from './operate/images.js';
export { commitContainer, exportContainer, findContainer } from './operate/keep-container.js';
export { filterContainers } from './operate/list-containers.js';
export { listProjects } from './operate/list-projects.js';
export type { FollowEvent, FollowedContainer } from './operate/log-events.js';
export type { LogLines } from './operate/log-lines.js';
export { followLogs, type LogsRequest, logContainers, readLogs } from './operate/logs.js';
export { servicePorts } from './operate/ports.js';
export { publishedPort } from './operate/published-port.js';
export type { ContainerProcess } from './operate/start-container.js';
export { startAttached, startDetached } from './operate/start-container.js';
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
export { planPush } from './plan/image/plan-push.js';
export { defaultUpPolicy, type UpPolicy } from './plan/policy.js';
export { formatPlan } from './plan/text/format-plan.js';
export type {
  ChangeDocument,
  NoteDocument,
  PlanDocument,
  ReasonDocument,
  StepDocument,
} from './plan/text/plan-json.js';
export { planJson } from './plan/text/plan-json.js';
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
  publishReference,
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
export { createOneOff, planRun, run, runDetached } from './run.js';
export type { Session } from './session.js';
export { version } from './version.js';
export { type WatchControls, type WatchRequest, watch, watchedRules } from './watch.js';
export type { WatchSelection } from './watch-scope.js';
