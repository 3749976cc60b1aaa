/**
 * Starts a daemon with its usual data, else with data of its own. An engine that was killed in the middle of its
 * bookkeeping can leave data that its next start breaks off over (dockerd 20.10 panics over a network that was only half
 * written); what somebody keeps there is theirs, so it stays as it is, and the engine begins anew elsewhere. Another run
 * tries the same folders in the same order, so that it finds again what the last one made.
 * @template T
 * @param {(string | undefined)[]} dataRoots best first; undefined stands for the daemon's own setting
 * @param {(dataRoot: string | undefined) => Promise<T>} start rejects when the daemon ends instead of answering
 * @param {(text: string) => void} note
 * @returns {Promise<T>} rejects with the first failure when all fail: those after it are no news to anybody
 */
export async function startWithSoundData(dataRoots, start, note) {
  let first;
  for (const [index, dataRoot] of dataRoots.entries()) {
    try {
      return await start(dataRoot);
    } catch (error) {
      first ??= error;
      const next = dataRoots[index + 1];
      if (next === undefined || !error.isEarlyEnd) break;
      note(
        `${reasonOf(error.message)}; its data in ${dataRoot ?? 'its usual place'} stays as it is, now with ${next}`,
      );
    }
  }
  throw first;
}

/** The line that tells most of a daemon's last words. */
function reasonOf(message) {
  const lines = message.split('\n').map((line) => line.trim());
  const telling = lines.find((line) => line.startsWith('panic:')) ?? lines.findLast((line) => line !== '');
  return `dockerd does not start (${telling})`;
}
