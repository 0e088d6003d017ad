/** Refusals as sockets tell them, by code; over HTTP the server sends its own words. */
import { messages } from './messages.ts';

const texts = messages(
  {
    'live.notOpen': 'Phiên chưa mở hoặc đã kết thúc.',
    'live.closed': 'Đã hết giờ. Câu trả lời đến muộn nên không được tính.',
    'live.early': 'Chưa đến lúc trả lời. Xin chờ một chút.',
    'live.paused': 'Phần thi đang tạm dừng, chưa nhận câu trả lời.',
    'live.out': 'Bạn đang theo dõi nên không trả lời câu này.',
    'live.locked': 'Phòng đã khóa, không nhận thêm người.',
    'live.started': 'Phần thi đã bắt đầu, không nhận thêm người.',
    'live.full': 'Phòng đã đủ người.',
    'live.nameTaken': 'Tên này đã có người dùng. Xin chọn tên khác.',
    'live.nameUnfit': 'Tên này không phù hợp hoặc dài quá 40 chữ cái. Xin chọn tên khác.',
    'live.notOnRoster': 'Không có tên này trong danh sách.',
    'live.keptOut': 'Bạn đã được mời ra khỏi phòng.',
    'live.proofNeeded': 'Cần xác nhận thiết bị. Xin thử lại.',
    'live.token': 'Bạn cần vào phòng lại bằng mã.',
    'live.notInControl': 'Người khác đang điều khiển phiên này.',
    'live.stale': 'Phiên vừa chuyển bước. Xin xem lại rồi thao tác.',
    'live.notNow': 'Chưa làm được việc này lúc này.',
    'auth.required': 'Bạn cần đăng nhập.',
    'auth.forbidden': 'Bạn không có quyền vào trang này.',
    'auth.secondFactorNeeded': 'Xin mở bàn làm việc để nhập mã xác thực hai lớp, rồi vào lại.',
    notFound: 'Không tìm thấy phiên này.',
    'request.invalid': 'Câu trả lời chưa đúng dạng.',
    'request.tooMany': 'Bạn thao tác quá nhanh. Xin chờ một chút.',
    other: 'Máy chủ chưa làm được. Xin thử lại.',
  },
  {
    'live.notOpen': 'This session is not open, or has ended.',
    'live.closed': 'Time is up. The answer came too late and does not count.',
    'live.early': 'It is too early to answer. Please wait a moment.',
    'live.paused': 'Play is paused; answers are not taken now.',
    'live.out': 'You are watching and do not answer this question.',
    'live.locked': 'The room is locked.',
    'live.started': 'Play has started; nobody can join now.',
    'live.full': 'The room is full.',
    'live.nameTaken': 'Somebody has this name. Please choose another.',
    'live.nameUnfit': 'This name is not fit, or longer than 40 letters. Please choose another.',
    'live.notOnRoster': 'This name is not on the list.',
    'live.keptOut': 'You were taken out of this room.',
    'live.proofNeeded': 'This device must prove itself. Please try again.',
    'live.token': 'Please join again with the PIN.',
    'live.notInControl': 'Somebody else is in control.',
    'live.stale': 'The session has just moved on. Please look again.',
    'live.notNow': 'This cannot be done now.',
    'auth.required': 'Please sign in.',
    'auth.forbidden': 'You may not open this page.',
    'auth.secondFactorNeeded': 'Please give your second factor at the desk, then come back.',
    notFound: 'This session was not found.',
    'request.invalid': 'The answer has the wrong form.',
    'request.tooMany': 'That was too fast. Please wait a moment.',
    other: 'The server could not do this. Please try again.',
  },
);

/** What a code means, in the reader's language. */
export function refusalText(code: string): string {
  const text: unknown = Reflect.get(texts, code);
  return typeof text === 'string' ? text : texts.other;
}
