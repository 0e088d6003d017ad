/** The document that people download to begin with: examples in the layout that is read best. */
import { examples } from '../template-examples.ts';
import { documentOf } from './write.ts';

export function templateDocx(): Uint8Array {
  return documentOf(examples, 'MẪU CÂU HỎI (thay các câu ví dụ bằng câu của đơn vị)', new Map());
}
