/** Reads one text in a thread of its own: files of strangers are unpacked here, and long texts cut into sections. */
import { parentPort, workerData } from 'node:worker_threads';
import { textOfDocx } from '../../questions/documents/docx-text.ts';
import { recognise } from '../../questions/documents/recognise.ts';
import type { TextReading } from '../contracts/documents.ts';
import { TEXT_MOST } from '../contracts/documents.ts';

/** A text, or the bytes of a .docx. */
export type ReadingTask = { readonly text: string } | { readonly file: Uint8Array };

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function readDocument(task: ReadingTask): TextReading {
  if ('text' in task) return { ...sectionsOf(task.text), failure: null };
  const { text, messages, failure } = textOfDocx(task.file);
  const reading: Mutable<TextReading> = { ...sectionsOf(text.slice(0, TEXT_MOST)), failure };
  const aboutFile = messages.map(({ code, vi, en }) => ({ code, vi, en, line: 0, text: '', isLeft: false }));
  reading.remarks = [...aboutFile, ...reading.remarks];
  reading.remarkCount += aboutFile.length;
  return reading;
}

function sectionsOf(text: string): Omit<TextReading, 'failure'> {
  const { sections, remarks, remarkCount } = recognise(text.toWellFormed().normalize('NFC'));
  return { text, sections: [...sections], remarks: [...remarks], remarkCount };
}

if (parentPort !== null) parentPort.postMessage(readDocument(workerData));
