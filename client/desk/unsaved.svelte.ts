/** Asks before a page with unsaved work is left: by a link, the back button, a reload or closing the tab. */
import { desk } from '../messages/desk.ts';
import { router } from '../router.svelte.ts';

/** Call while a component is being made; it stops asking when the component goes. */
export function guardUnsaved(isDirty: () => boolean): void {
  $effect(() => {
    const stop = router.guard(() => !isDirty() || confirm(desk.unsavedAsk));
    const unloading = (event: BeforeUnloadEvent): void => {
      if (isDirty()) event.preventDefault();
    };
    addEventListener('beforeunload', unloading);
    return () => {
      stop();
      removeEventListener('beforeunload', unloading);
    };
  });
}
