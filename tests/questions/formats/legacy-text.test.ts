import { describe, expect, it } from 'vitest';
import { detectLegacy, fromTcvn3, fromVni, legacyFont } from '../../../questions/formats/legacy-text.ts';

const pairs = {
  tcvn3: [
    ['Céng hoµ x· héi chñ nghÜa ViÖt Nam', 'Cộng hoà xã hội chủ nghĩa Việt Nam'],
    ['§éc lËp - Tù do - H¹nh phóc', 'Độc lập - Tự do - Hạnh phúc'],
    ['C©u hái tr¾c nghiÖm', 'Câu hỏi trắc nghiệm'],
    ['nh©n d©n lµm chñ ®Êt n\u00adíc', 'nhân dân làm chủ đất nước'],
    ['NghÞ quyÕt cña §¶ng', 'Nghị quyết của Đảng'],
  ],
  vni: [
    ['Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam', 'Cộng hòa xã hội chủ nghĩa Việt Nam'],
    ['Ñoäc laäp - Töï do - Haïnh phuùc', 'Độc lập - Tự do - Hạnh phúc'],
    ['Caâu hoûi traéc nghieäm', 'Câu hỏi trắc nghiệm'],
    ['ñaát nöôùc', 'đất nước'],
    ['NGHÒ QUYEÁT', 'NGHỊ QUYẾT'],
  ],
} as const;

describe('Vietnamese of before Unicode', () => {
  it('reads TCVN3', () => {
    for (const [legacy, unicode] of pairs.tcvn3) expect(fromTcvn3(legacy)).toBe(unicode);
  });

  it('shows the small letters of a font of capitals as capitals', () => {
    expect(fromTcvn3('®¹i héi', true)).toBe('ĐẠI HỘI');
  });

  it('reads VNI', () => {
    for (const [legacy, unicode] of pairs.vni) expect(fromVni(legacy)).toBe(unicode);
  });

  it('recognises each by its pattern, and nothing else', () => {
    for (const [legacy, unicode] of pairs.tcvn3) {
      expect([legacy, detectLegacy(legacy)]).toEqual([legacy, 'tcvn3']);
      expect(detectLegacy(unicode)).toBeNull();
    }
    for (const [legacy] of pairs.vni) expect([legacy, detectLegacy(legacy)]).toEqual([legacy, 'vni']);
    for (const text of [
      'plain English',
      'Les élèves français étaient déjà là',
      '¿Cómo se cambia la orientación?',
      'Ðường Trần Phú',
    ])
      expect([text, detectLegacy(text)]).toEqual([text, null]);
  });

  it('knows the fonts by name', () => {
    expect(legacyFont('.VnTimeH')).toEqual({ encoding: 'tcvn3', capitals: true });
    expect(legacyFont('.VnArial')).toEqual({ encoding: 'tcvn3', capitals: false });
    expect(legacyFont('VNI-Times')).toEqual({ encoding: 'vni', capitals: false });
    expect(legacyFont('Times New Roman')).toBeNull();
  });
});
