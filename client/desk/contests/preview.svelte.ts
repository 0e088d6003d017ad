/** The public page as it would be, read by the server a moment after the last change. */
import { type ContestDraft, type ContestPage, deskContests } from '../../api/desk-contests.ts';
import { type ApiError, asApiError } from '../../api/problem.ts';

const pauseMs = 400;

export class Preview {
  page = $state.raw<ContestPage | null>(null);
  error = $state.raw<ApiError | null>(null);

  /** Returns how to call it off. */
  schedule(draft: () => ContestDraft): () => void {
    const own = new AbortController();
    const timer = setTimeout(() => void this.#read(draft(), own.signal), this.page === null ? 0 : pauseMs);
    return () => {
      clearTimeout(timer);
      own.abort();
    };
  }

  async #read(draft: ContestDraft, signal: AbortSignal): Promise<void> {
    try {
      const page = await deskContests.preview(draft, signal);
      if (signal.aborted) return;
      this.page = page;
      this.error = null;
    } catch (error) {
      if (!signal.aborted) this.error = asApiError(error);
    }
  }
}
