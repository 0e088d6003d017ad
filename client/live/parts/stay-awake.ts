/** Keeps a screen from going dark while it plays, where the browser can (secure contexts only); elsewhere nothing happens. */

/** Returns the way to let it sleep again. */
export function stayAwake(): () => void {
  let lock: { release(): Promise<void> } | null = null;
  let over = false;
  const take = async (): Promise<void> => {
    if (over || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      lock = await navigator.wakeLock.request('screen');
    } catch {
      // A low battery may refuse; the phone then sleeps as it is set.
    }
  };
  const looked = (): void => void take();
  document.addEventListener('visibilitychange', looked);
  void take();
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', looked);
    lock?.release().catch(() => undefined);
  };
}
