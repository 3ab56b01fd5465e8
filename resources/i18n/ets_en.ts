<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="ko">
<context>
    <name>ETS</name>
    <message>
        <source> (배송비 {fee} 뺌)</source>
        <translation> (less postage {fee})</translation>
    </message>
    <message>
        <source> (배송비 {fee})</source>
        <translation> (delivery {fee})</translation>
    </message>
    <message>
        <source> · 받을 금액 {due}</source>
        <translation> · to be paid {due}</translation>
    </message>
    <message>
        <source> 조회 결과는 최대 {most}행입니다.</source>
        <translation> A search gives at most {most} rows.</translation>
    </message>
    <message>
        <source>(보관 기간 지남)</source>
        <translation>(past the keeping period)</translation>
    </message>
    <message>
        <source>(없음)</source>
        <translation>(none)</translation>
    </message>
    <message>
        <source>/proc을 읽을 수 없어 내장 데이터베이스를 지킬 수 없습니다.</source>
        <comment>embedded_needs_proc</comment>
        <translation>The embedded database cannot be guarded, for /proc cannot be read.</translation>
    </message>
    <message>
        <source>16자리 숫자 칸: 마지막 자리가 0으로 바뀌었을 수 있습니다</source>
        <comment>last_digit_may_be_lost</comment>
        <translation>a number cell of 16 digits: the last one may have become 0</translation>
    </message>
    <message>
        <source>1개월</source>
        <translation>1 month</translation>
    </message>
    <message>
        <source>1년</source>
        <translation>1 year</translation>
    </message>
    <message>
        <source>1시간 뒤</source>
        <translation>In 1 hour</translation>
    </message>
    <message>
        <source>1시간 이내</source>
        <comment>hour</comment>
        <translation>Within 1 hour</translation>
    </message>
    <message>
        <source>1주</source>
        <translation>1 week</translation>
    </message>
    <message>
        <source>2~3일 전</source>
        <comment>three_days</comment>
        <translation>2–3 days ago</translation>
    </message>
    <message>
        <source>30분 뒤</source>
        <translation>In 30 minutes</translation>
    </message>
    <message>
        <source>3개월</source>
        <translation>3 months</translation>
    </message>
    <message>
        <source>4~7일 전</source>
        <comment>week</comment>
        <translation>4–7 days ago</translation>
    </message>
    <message>
        <source>4시간 이내</source>
        <comment>four_hours</comment>
        <translation>Within 4 hours</translation>
    </message>
    <message>
        <source>7일 내 재문의</source>
        <comment>repeats</comment>
        <translation>Again within 7 days</translation>
    </message>
    <message>
        <source>7일 초과</source>
        <comment>older</comment>
        <translation>Over 7 days</translation>
    </message>
    <message>
        <source>ARS 상세</source>
        <translation>ARS details</translation>
    </message>
    <message>
        <source>ARS이력</source>
        <translation>ARS history</translation>
    </message>
    <message>
        <source>AS(일)</source>
        <translation>After-sales (days)</translation>
    </message>
    <message>
        <source>CJ대한통운</source>
        <comment>cj</comment>
        <translation>CJ Logistics</translation>
    </message>
    <message>
        <source>CJ대한통운이 주소를 어떻게 분류하는지 묻습니다.</source>
        <translation>Asks how CJ Logistics sorts the address.</translation>
    </message>
    <message>
        <source>CS접수정보 등록</source>
        <translation>Ticket form</translation>
    </message>
    <message>
        <source>CS접수정보 등록, 반품처리</source>
        <translation>Ticket form, Returns</translation>
    </message>
    <message>
        <source>ERP 비밀 파일은 소유자만 읽을 수 있어야 합니다(0600): {name}, {option}</source>
        <comment>erp_secret_mode</comment>
        <translation>Only its owner may read the ERP secret file (0600): {name}, {option}</translation>
    </message>
    <message>
        <source>ERP 설정의 비밀 파일을 읽을 수 없습니다: {name}, {option}</source>
        <comment>erp_secret_file</comment>
        <translation>The secret file of the ERP settings cannot be read: {name}, {option}</translation>
    </message>
    <message>
        <source>ERP 설정이 맞지 않습니다: {name}, {option} ({expected})</source>
        <comment>erp_option</comment>
        <translation>An ERP setting is wrong: {name}, {option} ({expected})</translation>
    </message>
    <message>
        <source>ERP가 받지 않았습니다. 내용을 확인한 뒤 다시 보내십시오.</source>
        <comment>erp_refused</comment>
        <translation>The ERP refuses it. Check it, then send it again.</translation>
    </message>
    <message>
        <source>ERP가 시간 안에 답하지 않았습니다. 다시 보냅니다.</source>
        <comment>erp_silent</comment>
        <translation>The ERP did not answer in time. Sending again.</translation>
    </message>
    <message>
        <source>ERP가 지금 처리하지 못합니다. 다시 보냅니다.</source>
        <comment>erp_busy</comment>
        <translation>The ERP is busy. Sending again.</translation>
    </message>
    <message>
        <source>ERP로 보낼 곳이 설정에 없습니다. settings.toml의 [erp.push]를 채우십시오.</source>
        <comment>erp_not_set</comment>
        <translation>The settings do not say where to send for the ERP. Fill in [erp.push] in settings.toml.</translation>
    </message>
    <message>
        <source>ERP로 보낼 폴더에 쓸 수 없습니다. 다시 씁니다.</source>
        <comment>erp_folder</comment>
        <translation>The folder for the ERP cannot be written. Writing again.</translation>
    </message>
    <message>
        <source>ERP에 연결할 수 없습니다. 다시 보냅니다.</source>
        <comment>erp_unreachable</comment>
        <translation>The ERP cannot be reached. Sending again.</translation>
    </message>
    <message>
        <source>ETS 로그인</source>
        <translation>ETS login</translation>
    </message>
    <message>
        <source>ETS: 시연 로그인 agent101 … agent140, supervisor, admin / 비밀번호 {password}</source>
        <translation>ETS: demo logins agent101 … agent140, supervisor, admin / password {password}</translation>
    </message>
    <message>
        <source>JPG, PNG, WebP 사진만 넣을 수 있습니다.</source>
        <comment>photo_not_an_image</comment>
        <translation>Only JPG, PNG and WebP photos can be added.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스 비밀번호가 곧 만료됩니다(3개월). 미리 바꾸십시오.</source>
        <comment>centrex_password_ages</comment>
        <translation>The LG U+ Centrex password expires soon (3 months). Change it in time.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스 비밀번호가 틀려 조회를 멈췄습니다. 바꾸십시오.</source>
        <comment>centrex_password_refused</comment>
        <translation>The LG U+ Centrex password is wrong, so nothing is asked any more. Change it.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스 비밀번호의 기한이 지났습니다. 포털에서 바꾸십시오.</source>
        <comment>centrex_password_expired</comment>
        <translation>The LG U+ Centrex password has expired. Change it in the portal.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스가 070 번호(id)를 인정하지 않습니다. 확인하십시오.</source>
        <comment>centrex_id_refused</comment>
        <translation>LG U+ Centrex does not know the 070 number (id). Check it.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스가 권한이 없다고 답했습니다.</source>
        <comment>centrex_not_permitted</comment>
        <translation>LG U+ Centrex says this is not permitted.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스가 오류로 답했습니다. 잠시 뒤 다시 시도합니다.</source>
        <comment>centrex_error</comment>
        <translation>LG U+ Centrex answered with an error. Trying again in a moment.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스가 요청을 받아들이지 않습니다. 설정을 확인하십시오.</source>
        <comment>centrex_question_wrong</comment>
        <translation>LG U+ Centrex refuses the request. Check the settings.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스가 처리하지 못했습니다. 잠시 뒤 다시 시도합니다.</source>
        <comment>centrex_busy</comment>
        <translation>LG U+ Centrex could not do it. Trying again in a moment.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스는 하루 20번만 바꿀 수 있습니다. 내일 바꾸십시오.</source>
        <comment>centrex_changes_used_up</comment>
        <translation>LG U+ Centrex allows 20 changes a day. Change it tomorrow.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스에 연결할 수 없습니다. 다시 연결하는 중입니다.</source>
        <comment>centrex_unreachable</comment>
        <translation>LG U+ Centrex cannot be reached. Connecting again.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스의 남은 문자 수가 없습니다.</source>
        <comment>centrex_texts_used_up</comment>
        <translation>No text messages are left at LG U+ Centrex.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스의 응답을 알아볼 수 없습니다. 다시 시도합니다.</source>
        <comment>centrex_garbled</comment>
        <translation>The answer of LG U+ Centrex is unreadable. Trying again.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스의 인증번호가 틀렸거나 이미 쓰였습니다.</source>
        <comment>centrex_code_refused</comment>
        <translation>The LG U+ Centrex code is wrong or used already.</translation>
    </message>
    <message>
        <source>LG U+ 센트릭스의 초기 비밀번호를 포털에서 바꾸십시오.</source>
        <comment>centrex_password_initial</comment>
        <translation>Change the initial LG U+ Centrex password in the portal.</translation>
    </message>
    <message>
        <source>PBX 녹화 파일이 아닙니다: {file} ({reason})</source>
        <comment>recording_unknown</comment>
        <translation>This is no PBX recording: {file} ({reason})</translation>
    </message>
    <message>
        <source>PBX 비밀번호 파일을 쓸 수 없습니다: {link} ({reason})</source>
        <comment>secret_file</comment>
        <translation>The PBX password file cannot be used: {link} ({reason})</translation>
    </message>
    <message>
        <source>PBX 비밀번호가 없습니다. ets gateway secret set {link} 으로 넣으십시오.</source>
        <comment>secret_missing</comment>
        <translation>The PBX password is missing. Set it with ets gateway secret set {link}.</translation>
    </message>
    <message>
        <source>PBX 연결 설정이 맞지 않습니다: {link}, {option} ({expected})</source>
        <comment>link_option</comment>
        <translation>A setting of the PBX link is wrong: {link}, {option} ({expected})</translation>
    </message>
    <message>
        <source>PBX가 로그인을 거부했습니다. 사용자와 비밀번호를 확인하십시오.</source>
        <comment>ami_login_refused</comment>
        <translation>The PBX refuses the login. Check its user and password.</translation>
    </message>
    <message>
        <source>PBX가 요청을 거부했습니다.</source>
        <comment>ami_action_refused</comment>
        <translation>The PBX refuses the request.</translation>
    </message>
    <message>
        <source>PBX에 연결할 수 없습니다. 주소와 포트를 확인하십시오.</source>
        <comment>ami_unreachable</comment>
        <translation>The PBX cannot be reached. Check its address and port.</translation>
    </message>
    <message>
        <source>PBX와의 연결이 끊겼습니다. 다시 연결하는 중입니다.</source>
        <comment>ami_lost</comment>
        <translation>The PBX is cut off. Connecting again.</translation>
    </message>
    <message>
        <source>PostgreSQL의 다른 용도로 쓰는 로그인이라 바꿀 수 없습니다.</source>
        <comment>login_not_ours</comment>
        <translation>PostgreSQL uses this login for something else; it cannot be changed.</translation>
    </message>
    <message>
        <source>REST API 부가서비스에 가입하지 않았거나 없는 명령입니다.</source>
        <comment>centrex_not_subscribed</comment>
        <translation>The REST API service is not subscribed to, or there is no such command.</translation>
    </message>
    <message>
        <source>{action}: {done}건을 처리했고 {refused}건은 처리하지 못했습니다.</source>
        <translation>{action}: {done} done, {refused} refused.</translation>
    </message>
    <message>
        <source>{action}: {done}건을 처리했습니다.</source>
        <translation>{action}: {done} done.</translation>
    </message>
    <message>
        <source>{age} 전</source>
        <translation>{age} ago</translation>
    </message>
    <message>
        <source>{amount}원</source>
        <translation>{amount} won</translation>
    </message>
    <message>
        <source>{at} 접수 · 누르면 불러옵니다.</source>
        <translation>Received {at} · click to load.</translation>
    </message>
    <message>
        <source>{count} 중 상위 {shown}</source>
        <translation>top {shown} of {count}</translation>
    </message>
    <message>
        <source>{count}건</source>
        <translation>{count} found</translation>
    </message>
    <message>
        <source>{count}건 (미완료 {open}건)</source>
        <translation>{count} ({open} open)</translation>
    </message>
    <message>
        <source>{count}건까지만 표시합니다.</source>
        <translation>Only the first {count} are shown.</translation>
    </message>
    <message>
        <source>{count}건을 다시 보냅니다.</source>
        <translation>{count} are sent again.</translation>
    </message>
    <message>
        <source>{count}건을 자리에 있는 담당자 {agents}명에게 나눕니다.</source>
        <translation>{count} go to {agents} available agents.</translation>
    </message>
    <message>
        <source>{count}명</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>{count}명 이상</source>
        <translation>{count} people or more</translation>
    </message>
    <message>
        <source>{count}번째</source>
        <translation>try {count}</translation>
    </message>
    <message>
        <source>{count}번째 요청</source>
        <translation>request no. {count}</translation>
    </message>
    <message>
        <source>{count}번째 이관</source>
        <translation>transfer no. {count}</translation>
    </message>
    <message>
        <source>{count}장</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>{count}행 저장 중…</source>
        <translation>Saving {count} rows…</translation>
    </message>
    <message>
        <source>{count}회: {path}</source>
        <translation>{count}×: {path}</translation>
    </message>
    <message>
        <source>{days}일</source>
        <translation>{days} days</translation>
    </message>
    <message>
        <source>{days}일 {hours}시간</source>
        <translation>{days} d {hours} h</translation>
    </message>
    <message>
        <source>{days}일 이상</source>
        <translation>{days} days or more</translation>
    </message>
    <message>
        <source>{goods} 외 {more}건</source>
        <translation>{goods} and {more} more</translation>
    </message>
    <message>
        <source>{grade} · 주의: {reason}</source>
        <translation>{grade} · flagged: {reason}</translation>
    </message>
    <message>
        <source>{hours}시간</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>{hours}시간 {minutes}분</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{label} 안내</source>
        <translation>{label} hint</translation>
    </message>
    <message>
        <source>{label} 오류</source>
        <translation>{label} error</translation>
    </message>
    <message>
        <source>{label} 통화</source>
        <translation>Dial {label}</translation>
    </message>
    <message>
        <source>{least}에서 {most} 사이로 입력하십시오.</source>
        <comment>number_out_of_range</comment>
        <translation>Enter a number from {least} to {most}.</translation>
    </message>
    <message>
        <source>{letters}글자 이상인 낱말을 입력하십시오.</source>
        <comment>search_text_too_short</comment>
        <translation>Type a word of at least {letters} letters.</translation>
    </message>
    <message>
        <source>{limit}자까지 저장할 수 있습니다.</source>
        <comment>content_too_long</comment>
        <translation>At most {limit} characters can be saved.</translation>
    </message>
    <message>
        <source>{limit}자까지입니다.</source>
        <comment>text_too_long</comment>
        <translation>At most {limit} characters.</translation>
    </message>
    <message>
        <source>{limit}줄까지 적을 수 있습니다.</source>
        <comment>too_many_sentences</comment>
        <translation>At most {limit} lines.</translation>
    </message>
    <message>
        <source>{list} {count}행(조회 한도)을 엑셀로 저장했습니다: {file}</source>
        <translation>{list}: {count} rows (the most a search gives) saved as {file}</translation>
    </message>
    <message>
        <source>{list} {count}행을 엑셀로 저장했습니다: {file}</source>
        <translation>{list}: {count} rows saved as {file}</translation>
    </message>
    <message>
        <source>{list}: 승인을 요청했습니다. 승인되면 1시간 안에 다시 저장하십시오.</source>
        <translation>{list}: approval requested. Once approved, save again within 1 hour.</translation>
    </message>
    <message>
        <source>{list}: 지금 조건의 모든 행을 화면에 보이는 열 그대로 저장합니다.</source>
        <translation>{list}: saves every row of the current conditions, with the columns shown.</translation>
    </message>
    <message>
        <source>{login}은(는) PostgreSQL 슈퍼유저가 아닙니다. --superuser로 정하십시오.</source>
        <comment>server_needs_superuser</comment>
        <translation>{login} is no PostgreSQL superuser. Name one with --superuser.</translation>
    </message>
    <message>
        <source>{maximum:,}자까지 저장할 수 있습니다.</source>
        <translation>At most {maximum:,} characters can be saved.</translation>
    </message>
    <message>
        <source>{measure} 이전</source>
        <translation>{measure} before</translation>
    </message>
    <message>
        <source>{measure} 증감</source>
        <translation>{measure} change</translation>
    </message>
    <message>
        <source>{minutes}분</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{month}월 {day}일 ({weekday})</source>
        <translation>{weekday} {month}/{day}</translation>
    </message>
    <message>
        <source>{names|이} 이 접수를 열어 두었습니다.</source>
        <translation>Also open with {names}.</translation>
    </message>
    <message>
        <source>{name|을} 로그아웃했습니다.</source>
        <translation>{name} was logged off.</translation>
    </message>
    <message>
        <source>{name|이} 먼저 맡은 부재 통화입니다.</source>
        <comment>missed_call_taken</comment>
        <translation>{name} took this missed call first.</translation>
    </message>
    <message>
        <source>{name|이} 먼저 수락한 이관입니다.</source>
        <comment>transfer_taken</comment>
        <translation>{name} accepted this transfer first.</translation>
    </message>
    <message>
        <source>{name|이} 먼저 처리한 콜백입니다.</source>
        <comment>callback_settled_by</comment>
        <translation>{name} settled this callback first.</translation>
    </message>
    <message>
        <source>{name} ({number}) 고객은 병합되었습니다. 남은 고객을 불러왔습니다.</source>
        <translation>{name} ({number}) has been merged. The customer kept has been loaded.</translation>
    </message>
    <message>
        <source>{name} ({number}) 고객은 병합되었습니다. 적던 고객 정보는 이 PC에 남습니다.</source>
        <translation>{name} ({number}) has been merged. What you were writing stays on this PC.</translation>
    </message>
    <message>
        <source>{name} ({vendor}): {state} 마지막 이벤트 {last}</source>
        <translation>{name} ({vendor}): {state} Last event {last}</translation>
    </message>
    <message>
        <source>{name} (만료된 안심번호)</source>
        <translation>{name} (expired safe number)</translation>
    </message>
    <message>
        <source>{name} (미등록)</source>
        <translation>{name} (not registered)</translation>
    </message>
    <message>
        <source>{name} (퇴사)</source>
        <translation>{name} (left)</translation>
    </message>
    <message>
        <source>{name} 님</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>{name} 로그아웃</source>
        <translation>Log off {name}</translation>
    </message>
    <message>
        <source>{name} 사용중지</source>
        <translation>Disable {name}</translation>
    </message>
    <message>
        <source>{name} 상태 변경</source>
        <translation>Change the state of {name}</translation>
    </message>
    <message>
        <source>{name} 상태를 {state|으로} 바꾸었습니다.</source>
        <translation>{name} is set to {state}.</translation>
    </message>
    <message>
        <source>{name}: {team} 팀원이 되었습니다.</source>
        <translation>{name}: is in {team} now.</translation>
    </message>
    <message>
        <source>{name}: {team}에서 뺐습니다.</source>
        <translation>{name}: taken out of {team}.</translation>
    </message>
    <message>
        <source>{name}: 다시 사용합니다.</source>
        <translation>{name}: enabled again.</translation>
    </message>
    <message>
        <source>{name}: 사용중지.</source>
        <translation>{name}: disabled.</translation>
    </message>
    <message>
        <source>{name}: 질의에 기준 열이 없거나, 비었거나, 그 순서로 정렬되지 않았습니다.</source>
        <comment>erp_watermark</comment>
        <translation>{name}: the query lacks its watermark column, leaves it empty or does not order by it.</translation>
    </message>
    <message>
        <source>{number} · {count}명</source>
        <translation>{number} · {count} people</translation>
    </message>
    <message>
        <source>{number} 검수: {found}</source>
        <translation>{number} inspected: {found}</translation>
    </message>
    <message>
        <source>{number} 배송비를 바꾸었습니다.</source>
        <translation>The postage of {number} has been changed.</translation>
    </message>
    <message>
        <source>{number} 입고를 확인했습니다.</source>
        <translation>{number} has arrived.</translation>
    </message>
    <message>
        <source>{number} 처분: {told}</source>
        <translation>{number} decided: {told}</translation>
    </message>
    <message>
        <source>{number} 통화의 고객: {now}. 누구의 통화입니까?</source>
        <translation>Customer of the call {number}: {now}. Whose call is it?</translation>
    </message>
    <message>
        <source>{number} 회수를 지시했습니다.</source>
        <translation>The pickup of {number} has been ordered.</translation>
    </message>
    <message>
        <source>{number}: 고객이 거절했습니다.</source>
        <comment>customer declined</comment>
        <translation>{number}: the customer declined.</translation>
    </message>
    <message>
        <source>{number}: 고객이 받지 않았습니다.</source>
        <comment>customer no_answer</comment>
        <translation>{number}: the customer did not answer.</translation>
    </message>
    <message>
        <source>{number}: 고객이 통화 중입니다.</source>
        <comment>customer busy</comment>
        <translation>{number}: the customer is busy.</translation>
    </message>
    <message>
        <source>{number}: 연결할 수 없는 번호입니다.</source>
        <comment>customer not_reachable</comment>
        <translation>{number}: the number cannot be reached.</translation>
    </message>
    <message>
        <source>{number}에 연결하고 입고를 확인했습니다.</source>
        <translation>Matched with {number}, which has arrived.</translation>
    </message>
    <message>
        <source>{persons}명이 들어 있어 관리자의 승인이 필요합니다.</source>
        <translation>It holds {persons} people: a supervisor must approve it.</translation>
    </message>
    <message>
        <source>{product} {option} {count}개</source>
        <translation>{product} {option} × {count}</translation>
    </message>
    <message>
        <source>{product} 외 {count}건</source>
        <translation>{product} and {count} more</translation>
    </message>
    <message>
        <source>{program|이} 끝내지 못했습니다: {reason}</source>
        <comment>backup_failed</comment>
        <translation>{program} did not finish: {reason}</translation>
    </message>
    <message>
        <source>{program} {version} 이상이 필요합니다. PostgreSQL 클라이언트를 설치하십시오.</source>
        <comment>backup_programs_missing</comment>
        <translation>{program} {version} or newer is needed. Install the PostgreSQL client.</translation>
    </message>
    <message>
        <source>{refund}원</source>
        <translation>{refund} won</translation>
    </message>
    <message>
        <source>{seconds}초</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{sender} → {receiver} ({hop}차, {state})</source>
        <translation>{sender} → {receiver} (no. {hop}, {state})</translation>
    </message>
    <message>
        <source>{state} · {name} 처리</source>
        <translation>{state} · handled by {name}</translation>
    </message>
    <message>
        <source>{state} · 폭언</source>
        <translation>{state} · abuse</translation>
    </message>
    <message>
        <source>{tag} 삭제</source>
        <translation>Remove {tag}</translation>
    </message>
    <message>
        <source>{team} (팀 {count}명)</source>
        <translation>{team} (team of {count})</translation>
    </message>
    <message>
        <source>{team} (팀)</source>
        <translation>{team} (team)</translation>
    </message>
    <message>
        <source>{time} 기준</source>
        <translation>as of {time}</translation>
    </message>
    <message>
        <source>{title}에 저장하지 않은 내용이 있습니다.</source>
        <translation>{title} has changes that are not saved.</translation>
    </message>
    <message>
        <source>{told} {won}원</source>
        <translation>{told} {won} won</translation>
    </message>
    <message>
        <source>{told} 접수번호 {number}</source>
        <translation>{told} Ticket no. {number}</translation>
    </message>
    <message>
        <source>{what}: 접수 {tickets}건, 통화 {calls}건, 주문 {orders}건</source>
        <translation>{what}: {tickets} tickets, {calls} calls, {orders} orders</translation>
    </message>
    <message>
        <source>{who|이} {to}에게 재배정했습니다: {number} · {words}</source>
        <translation>{who} reassigned to {to}: {number} · {words}</translation>
    </message>
    <message>
        <source>{who|이} 승인을 요청했습니다: {what}</source>
        <translation>{who} asks for approval: {what}</translation>
    </message>
    <message>
        <source>{who|이} 승인을 요청했습니다: {what} · {reason}</source>
        <translation>{who} asks for approval: {what} · {reason}</translation>
    </message>
    <message>
        <source>{who|이} 우선순위를 {words|으로} 바꾸었습니다: {number}</source>
        <translation>{who} set the priority to {words}: {number}</translation>
    </message>
    <message>
        <source>{who|이} 이관에 메모를 남겼습니다: {number} · {words}</source>
        <translation>{who} left a note on the transfer: {number} · {words}</translation>
    </message>
    <message>
        <source>{who|이} 이관을 반려했습니다: {number} · {reason}</source>
        <translation>{who} returned the transfer: {number} · {reason}</translation>
    </message>
    <message>
        <source>{who|이} 이관을 수락했습니다: {number}</source>
        <translation>{who} accepted the transfer: {number}</translation>
    </message>
    <message>
        <source>{who|이} 이관을 회수해 돌려주었습니다: {number}</source>
        <translation>{who} fetched the transfer back for you: {number}</translation>
    </message>
    <message>
        <source>{who|이} 이관을 회수했습니다: {number}</source>
        <translation>{who} fetched the transfer back: {number}</translation>
    </message>
    <message>
        <source>{who|이} 이관했습니다: {number} · {reason}</source>
        <translation>{who} transferred to you: {number} · {reason}</translation>
    </message>
    <message>
        <source>{who|이} 접수를 인수했습니다: {number}</source>
        <translation>{who} took over your ticket: {number}</translation>
    </message>
    <message>
        <source>{who|이} 팀에 이관했습니다: {number} · {reason}</source>
        <translation>{who} transferred to your team: {number} · {reason}</translation>
    </message>
    <message>
        <source>{who} 님이 {when}에 이 고객을 바꾸었습니다: {fields}</source>
        <translation>{who} changed this customer at {when}: {fields}</translation>
    </message>
    <message>
        <source>{who} 님이 {when}에 이 접수를 바꾸었습니다: {fields}</source>
        <translation>{who} changed this ticket at {when}: {fields}</translation>
    </message>
    <message>
        <source>{who} 님이 이 접수를 {status}처리했습니다. 임시저장할 수 있습니다.</source>
        <translation>{who} has closed this ticket ({status}). You can keep your text as a draft.</translation>
    </message>
    <message>
        <source>{who}: 근무시간 외 고객정보 열람 제공</source>
        <translation>{who}: customer data given out outside business hours</translation>
    </message>
    <message>
        <source>{who}: 근무시간 외 엑셀 저장 {persons}명 {rows}행</source>
        <translation>{who}: saved as Excel off hours: {persons} people, {rows} rows</translation>
    </message>
    <message>
        <source>{who}: 엑셀 저장 {persons}명 {rows}행</source>
        <translation>{who}: saved as Excel: {persons} people, {rows} rows</translation>
    </message>
    <message>
        <source>{who}님이 {at}에 먼저 바꾼 항목입니다({fields}).</source>
        <translation>{who} changed it first at {at} ({fields}).</translation>
    </message>
    <message>
        <source>{won}원</source>
        <translation>{won} KRW</translation>
    </message>
    <message>
        <source>‘{typed}’ 고객 {count}명</source>
        <translation>Customers for ‘{typed}’: {count}</translation>
    </message>
    <message>
        <source>‘{typed}’ 고객이 많아 {count}명만 보입니다. 더 자세히 입력하십시오.</source>
        <translation>Many customers fit ‘{typed}’; only {count} are shown. Type more of it.</translation>
    </message>
    <message>
        <source>‘{typed}’에 맞는 고객이 없습니다. 신규고객으로 등록할 수 있습니다.</source>
        <translation>No customer fits ‘{typed}’. You can register a new one.</translation>
    </message>
    <message>
        <source>● 끊김</source>
        <translation>● Down</translation>
    </message>
    <message>
        <source>● 연결</source>
        <translation>● Up</translation>
    </message>
    <message>
        <source>가능수량</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>가능수량을 넘었습니다. (가능수량 {left})</source>
        <comment>quantity_over_left</comment>
        <translation>More than is left. (Left: {left})</translation>
    </message>
    <message>
        <source>가린 정보 보기</source>
        <translation>Masked data shown</translation>
    </message>
    <message>
        <source>가린 주문정보 보기</source>
        <comment>reveal_order</comment>
        <translation>Reveal order data</translation>
    </message>
    <message>
        <source>가상계좌</source>
        <translation>Virtual account</translation>
    </message>
    <message>
        <source>가장 오래 {age}</source>
        <translation>longest {age}</translation>
    </message>
    <message>
        <source>값</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>값이 너무 큽니다</source>
        <comment>too_large</comment>
        <translation>the value is too large</translation>
    </message>
    <message>
        <source>값이 없습니다</source>
        <comment>missing</comment>
        <translation>no value</translation>
    </message>
    <message>
        <source>강제 로그아웃</source>
        <comment>log_off</comment>
        <translation>Forced log-off</translation>
    </message>
    <message>
        <source>강함</source>
        <translation>Strong</translation>
    </message>
    <message>
        <source>같은 고객 찾기</source>
        <comment>find_alike</comment>
        <translation>Find same customer</translation>
    </message>
    <message>
        <source>같은 고객끼리는 병합할 수 없습니다.</source>
        <comment>merge_with_itself</comment>
        <translation>A customer cannot be merged with itself.</translation>
    </message>
    <message>
        <source>같은 번호</source>
        <comment>same_number</comment>
        <translation>Same number</translation>
    </message>
    <message>
        <source>같은 상품을 두 번 골랐습니다.</source>
        <comment>line_twice</comment>
        <translation>The same product is chosen twice.</translation>
    </message>
    <message>
        <source>같은 송장번호가 다른 요청에도 있습니다.</source>
        <comment>result_waybill_twice</comment>
        <translation>Another request has the same tracking no.</translation>
    </message>
    <message>
        <source>같은 아이디로 다른 곳에서 로그인했습니다. 쓰던 내용은 이 PC에 보관했습니다.</source>
        <comment>session_second_login</comment>
        <translation>Your login was used elsewhere. What you were writing is kept on this PC.</translation>
    </message>
    <message>
        <source>같은 이름</source>
        <comment>same_name</comment>
        <translation>Same name</translation>
    </message>
    <message>
        <source>같은 이름의 세부유형이 이미 있습니다.</source>
        <comment>category_name_taken</comment>
        <translation>There is a category of that name already.</translation>
    </message>
    <message>
        <source>같은 제목의 상용구가 이미 있습니다.</source>
        <comment>template_title_taken</comment>
        <translation>There is a template of that title already.</translation>
    </message>
    <message>
        <source>개인정보 보고</source>
        <translation>Personal data report</translation>
    </message>
    <message>
        <source>개인정보 보기</source>
        <translation>Reveal personal data</translation>
    </message>
    <message>
        <source>거듭 안내해 드렸으나 폭언이 계속되어 상담을 종료하겠습니다. 전화를 끊겠습니다.</source>
        <translation>I have asked you more than once, and the abuse goes on. I am ending this call now.</translation>
    </message>
    <message>
        <source>거부</source>
        <translation>Reject</translation>
    </message>
    <message>
        <source>거부</source>
        <comment>rejected</comment>
        <translation>Rejected</translation>
    </message>
    <message>
        <source>거부사유</source>
        <translation>Reason for rejecting</translation>
    </message>
    <message>
        <source>거절</source>
        <comment>declined</comment>
        <translation>Declined</translation>
    </message>
    <message>
        <source>건수</source>
        <translation>Count</translation>
    </message>
    <message>
        <source>걸 수 있는 번호가 아닙니다.</source>
        <translation>This number cannot be dialled.</translation>
    </message>
    <message>
        <source>걸려온 통화가 없습니다.</source>
        <translation>There is no incoming call.</translation>
    </message>
    <message>
        <source>걸려온 통화를 접수 화면으로</source>
        <translation>Take the incoming call into the form</translation>
    </message>
    <message>
        <source>검색 건수</source>
        <translation>Number found</translation>
    </message>
    <message>
        <source>검수</source>
        <comment>inspected</comment>
        <translation>Inspected</translation>
    </message>
    <message>
        <source>검수 구성품누락</source>
        <translation>Inspected: parts missing</translation>
    </message>
    <message>
        <source>검수 불량</source>
        <translation>Inspected: faulty</translation>
    </message>
    <message>
        <source>검수 비고</source>
        <comment>claim_inspection_note</comment>
        <translation>Inspection note</translation>
    </message>
    <message>
        <source>검수 양품</source>
        <translation>Inspected: good</translation>
    </message>
    <message>
        <source>검수 오반품</source>
        <translation>Inspected: wrong item</translation>
    </message>
    <message>
        <source>검수결과</source>
        <translation>Inspection</translation>
    </message>
    <message>
        <source>검수결과</source>
        <comment>claim_inspection</comment>
        <translation>Inspection</translation>
    </message>
    <message>
        <source>검수결과를 고르십시오.</source>
        <comment>needs_inspection</comment>
        <translation>Choose what the inspection found.</translation>
    </message>
    <message>
        <source>게시판</source>
        <comment>board</comment>
        <translation>Board</translation>
    </message>
    <message>
        <source>게이트웨이가 오류로 멈췄습니다. 로그(gateway.log)를 확인하십시오.</source>
        <comment>gateway_broken</comment>
        <translation>An error has stopped the gateway. Look into its log (gateway.log).</translation>
    </message>
    <message>
        <source>게이트웨이의 대기 파일을 쓸 수 없습니다: {file} ({reason})</source>
        <comment>spool_unusable</comment>
        <translation>The gateway’s spool file cannot be used: {file} ({reason})</translation>
    </message>
    <message>
        <source>결과</source>
        <translation>Outcome</translation>
    </message>
    <message>
        <source>결제</source>
        <translation>Payment</translation>
    </message>
    <message>
        <source>결제</source>
        <comment>paid</comment>
        <translation>Paid</translation>
    </message>
    <message>
        <source>결제금액</source>
        <translation>Amount paid</translation>
    </message>
    <message>
        <source>결제대기</source>
        <comment>awaiting_payment</comment>
        <translation>To be paid</translation>
    </message>
    <message>
        <source>결제방법</source>
        <translation>Paid by</translation>
    </message>
    <message>
        <source>결제방법</source>
        <comment>claim_fee_method</comment>
        <translation>Paid by</translation>
    </message>
    <message>
        <source>결제완료</source>
        <comment>paid</comment>
        <translation>Paid</translation>
    </message>
    <message>
        <source>결제일</source>
        <translation>Paid on</translation>
    </message>
    <message>
        <source>경과</source>
        <translation>Open for</translation>
    </message>
    <message>
        <source>계정 중지</source>
        <comment>disabled</comment>
        <translation>Account disabled</translation>
    </message>
    <message>
        <source>계정이 중지되었습니다. 관리자에게 문의하십시오.</source>
        <comment>account_disabled</comment>
        <translation>The account is disabled. Ask your administrator.</translation>
    </message>
    <message>
        <source>계정이 중지되었습니다. 쓰던 내용은 이 PC에 보관했습니다.</source>
        <comment>session_disabled</comment>
        <translation>The account is disabled. What you were writing is kept on this PC.</translation>
    </message>
    <message>
        <source>계좌</source>
        <comment>transfer</comment>
        <translation>Bank transfer</translation>
    </message>
    <message>
        <source>계좌번호가 아닙니다.</source>
        <comment>no_account_number</comment>
        <translation>This is no account number.</translation>
    </message>
    <message>
        <source>계좌이체</source>
        <translation>Bank transfer</translation>
    </message>
    <message>
        <source>고객</source>
        <translation>Customer</translation>
    </message>
    <message>
        <source>고객</source>
        <comment>customer</comment>
        <translation>Customer</translation>
    </message>
    <message>
        <source>고객 {count}명</source>
        <translation>{count} customers</translation>
    </message>
    <message>
        <source>고객 {count}명: F2를 누르거나 수신고객을 눌러 고르십시오.</source>
        <translation>{count} customers fit: press F2 or click the caller to choose.</translation>
    </message>
    <message>
        <source>고객 {number}</source>
        <translation>Customer {number}</translation>
    </message>
    <message>
        <source>고객 등록</source>
        <translation>Register customer</translation>
    </message>
    <message>
        <source>고객 만들기</source>
        <translation>New customer card</translation>
    </message>
    <message>
        <source>고객 변경</source>
        <translation>Change customer</translation>
    </message>
    <message>
        <source>고객 병합</source>
        <translation>Merge customers</translation>
    </message>
    <message>
        <source>고객 병합</source>
        <comment>merged</comment>
        <translation>Merged</translation>
    </message>
    <message>
        <source>고객 보기</source>
        <comment>show_customer</comment>
        <translation>Show customer</translation>
    </message>
    <message>
        <source>고객 부담</source>
        <comment>customer</comment>
        <translation>Customer</translation>
    </message>
    <message>
        <source>고객 선택</source>
        <translation>Choose customer</translation>
    </message>
    <message>
        <source>고객 수정</source>
        <translation>Changed customer</translation>
    </message>
    <message>
        <source>고객 없음</source>
        <translation>no customer</translation>
    </message>
    <message>
        <source>고객 정보를 저장하지 않았습니다.</source>
        <translation>The customer has not been saved.</translation>
    </message>
    <message>
        <source>고객 정보를 저장했습니다.</source>
        <translation>The customer has been saved.</translation>
    </message>
    <message>
        <source>고객 종료</source>
        <comment>abandoned</comment>
        <translation>Caller hung up</translation>
    </message>
    <message>
        <source>고객 지우기</source>
        <translation>Clear customer</translation>
    </message>
    <message>
        <source>고객 찾기</source>
        <translation>Find customer</translation>
    </message>
    <message>
        <source>고객 찾기</source>
        <comment>find_customers</comment>
        <translation>Find customer</translation>
    </message>
    <message>
        <source>고객 편집</source>
        <translation>Edit customer</translation>
    </message>
    <message>
        <source>고객 편집 저장</source>
        <translation>Save customer card</translation>
    </message>
    <message>
        <source>고객 편집 취소</source>
        <translation>Leave customer card</translation>
    </message>
    <message>
        <source>고객 확인 필요</source>
        <comment>customer_checks</comment>
        <translation>Customer has to check</translation>
    </message>
    <message>
        <source>고객 회송</source>
        <comment>send_back</comment>
        <translation>Send back</translation>
    </message>
    <message>
        <source>고객ID</source>
        <translation>Customer ID</translation>
    </message>
    <message>
        <source>고객관리</source>
        <translation>Customers</translation>
    </message>
    <message>
        <source>고객님, 욕설이나 폭언을 하시면 상담을 계속하기 어렵습니다. 말씀을 삼가 주십시오.</source>
        <translation>I cannot go on with this call while you use abusive language. Please stop.</translation>
    </message>
    <message>
        <source>고객명</source>
        <translation>Customer name</translation>
    </message>
    <message>
        <source>고객명은 {limit}자까지입니다.</source>
        <comment>name_too_long</comment>
        <translation>A name has at most {limit} characters.</translation>
    </message>
    <message>
        <source>고객명을 입력하십시오.</source>
        <comment>needs_name</comment>
        <translation>Type the customer’s name.</translation>
    </message>
    <message>
        <source>고객목록</source>
        <translation>Customers</translation>
    </message>
    <message>
        <source>고객번호</source>
        <translation>Customer no.</translation>
    </message>
    <message>
        <source>고객번호·주문번호</source>
        <translation>Customer or order no.</translation>
    </message>
    <message>
        <source>고객병합</source>
        <comment>merge</comment>
        <translation>Merges</translation>
    </message>
    <message>
        <source>고객부재</source>
        <comment>customer_absent</comment>
        <translation>Customer away</translation>
    </message>
    <message>
        <source>고객사용중</source>
        <comment>customer_uses_it</comment>
        <translation>Customer still uses it</translation>
    </message>
    <message>
        <source>고객상세</source>
        <translation>Customer details</translation>
    </message>
    <message>
        <source>고객여정</source>
        <translation>Journey</translation>
    </message>
    <message>
        <source>고객을 고르거나 전화번호를 입력하십시오.</source>
        <comment>needs_customer_or_number</comment>
        <translation>Choose a customer or type a phone number.</translation>
    </message>
    <message>
        <source>고객을 등록했습니다.</source>
        <translation>The customer has been registered.</translation>
    </message>
    <message>
        <source>고객을 바꾸었습니다: {before} → {now}</source>
        <translation>Customer changed: {before} → {now}</translation>
    </message>
    <message>
        <source>고객을 병합했습니다</source>
        <translation>The customers have been merged</translation>
    </message>
    <message>
        <source>고객을 지웠습니다.</source>
        <translation>The customer has been cleared.</translation>
    </message>
    <message>
        <source>고객의 다른 접수</source>
        <translation>Customer’s other tickets</translation>
    </message>
    <message>
        <source>고객저장</source>
        <translation>Save customer</translation>
    </message>
    <message>
        <source>고객접수내역</source>
        <translation>Customer tickets</translation>
    </message>
    <message>
        <source>고객정보 열람 제공</source>
        <comment>export_customer</comment>
        <translation>Hand out customer data</translation>
    </message>
    <message>
        <source>고객정보 파기</source>
        <comment>erase_customer</comment>
        <translation>Erase customer data</translation>
    </message>
    <message>
        <source>고객정보오류</source>
        <comment>customer_details_wrong</comment>
        <translation>Wrong customer details</translation>
    </message>
    <message>
        <source>고객주문내역</source>
        <translation>Customer orders</translation>
    </message>
    <message>
        <source>고객주문번호가 없습니다.</source>
        <comment>result_without_key</comment>
        <translation>The customer order no. is missing.</translation>
    </message>
    <message>
        <source>고객주문번호와 운송장번호 열이 있는 결과 파일이 아닙니다.</source>
        <comment>results_without_columns</comment>
        <translation>This is no result file with customer order no. and waybill no.</translation>
    </message>
    <message>
        <source>고객확인</source>
        <translation>Customer agrees</translation>
    </message>
    <message>
        <source>고객회송</source>
        <translation>Send back</translation>
    </message>
    <message>
        <source>고객회송</source>
        <comment>send_back</comment>
        <translation>Send back</translation>
    </message>
    <message>
        <source>고른 항목을 한 칸 아래로 옮깁니다. (Space)</source>
        <translation>Moves the chosen one down by one. (Space)</translation>
    </message>
    <message>
        <source>고른 항목을 한 칸 위로 옮깁니다. (Space)</source>
        <translation>Moves the chosen one up by one. (Space)</translation>
    </message>
    <message>
        <source>고를 수 없는 상담상태입니다.</source>
        <comment>state_not_choosable</comment>
        <translation>This state cannot be chosen.</translation>
    </message>
    <message>
        <source>고정</source>
        <translation>Pin</translation>
    </message>
    <message>
        <source>고정: 항상 보입니다. 풀면 다른 곳을 누를 때 숨습니다.</source>
        <translation>Pinned, it is always there. Unpinned, it hides when you click elsewhere.</translation>
    </message>
    <message>
        <source>고치는 동안 다른 사람이 바꾼 항목입니다.</source>
        <translation>Somebody else changed it while you did.</translation>
    </message>
    <message>
        <source>고친 주소입니다. 주소 정제를 먼저 하십시오.</source>
        <comment>needs_refined_address</comment>
        <translation>The address was edited. Refine it first.</translation>
    </message>
    <message>
        <source>골드</source>
        <comment>gold</comment>
        <translation>Gold</translation>
    </message>
    <message>
        <source>공휴일</source>
        <translation>Public holiday</translation>
    </message>
    <message>
        <source>관리</source>
        <translation>Administration</translation>
    </message>
    <message>
        <source>관리 신규</source>
        <translation>Administration: New</translation>
    </message>
    <message>
        <source>관리 저장</source>
        <translation>Administration: Save</translation>
    </message>
    <message>
        <source>관리 취소</source>
        <translation>Administration: Cancel</translation>
    </message>
    <message>
        <source>관리 항목</source>
        <translation>Administration pages</translation>
    </message>
    <message>
        <source>관리자</source>
        <comment>supervisor</comment>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>관리자가 로그아웃</source>
        <comment>logged_off</comment>
        <translation>Logged off by a supervisor</translation>
    </message>
    <message>
        <source>관리자가 로그아웃했습니다. 쓰던 내용은 이 PC에 보관했습니다.</source>
        <comment>session_logged_off</comment>
        <translation>A supervisor logged you off. What you were writing is kept on this PC.</translation>
    </message>
    <message>
        <source>관리자가 상담상태를 {state|으로} 바꾸었습니다.</source>
        <translation>A supervisor changed your state to {state}.</translation>
    </message>
    <message>
        <source>관리자에게 재오픈을 요청했습니다.</source>
        <translation>The supervisors were asked to reopen it.</translation>
    </message>
    <message>
        <source>관리자의 승인이 필요한 금액입니다. 환불 승인을 요청하십시오.</source>
        <comment>refund_needs_approval</comment>
        <translation>A supervisor must approve that amount. Ask for approval of the refund.</translation>
    </message>
    <message>
        <source>관리자의 승인이 필요한 내보내기입니다. 승인을 요청하십시오.</source>
        <comment>export_needs_approval</comment>
        <translation>A supervisor must approve this export. Ask for approval.</translation>
    </message>
    <message>
        <source>교육</source>
        <comment>training</comment>
        <translation>Training</translation>
    </message>
    <message>
        <source>교환</source>
        <comment>exchange</comment>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>교환</source>
        <comment>exchanges</comment>
        <translation>Exchanges</translation>
    </message>
    <message>
        <source>교환 배송비(원)</source>
        <translation>Exchange postage (KRW)</translation>
    </message>
    <message>
        <source>교환 배송지</source>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>교환 배송지 다름</source>
        <translation>Exchange goes elsewhere</translation>
    </message>
    <message>
        <source>교환 상품 선택</source>
        <translation>Choose exchange products</translation>
    </message>
    <message>
        <source>교환 상품 준비 중</source>
        <comment>exchange_not_ready</comment>
        <translation>Exchange not ready</translation>
    </message>
    <message>
        <source>교환 출고</source>
        <comment>exchange_ship</comment>
        <translation>Ship exchange</translation>
    </message>
    <message>
        <source>교환(일)</source>
        <translation>Exchange (days)</translation>
    </message>
    <message>
        <source>교환상품</source>
        <translation>Exchange products</translation>
    </message>
    <message>
        <source>교환이면 {fee}</source>
        <translation>{fee} for an exchange</translation>
    </message>
    <message>
        <source>교환처리</source>
        <translation>Exchanges</translation>
    </message>
    <message>
        <source>교환처리</source>
        <comment>button</comment>
        <translation>Exchange</translation>
    </message>
    <message>
        <source>교환출고</source>
        <translation>Ship exchange</translation>
    </message>
    <message>
        <source>교환출고</source>
        <comment>exchange</comment>
        <translation>Ship exchange</translation>
    </message>
    <message>
        <source>교환할 상품을 고르십시오.</source>
        <comment>needs_exchange_goods</comment>
        <translation>Choose the product to send in exchange.</translation>
    </message>
    <message>
        <source>구매확정</source>
        <comment>confirmed</comment>
        <translation>Confirmed</translation>
    </message>
    <message>
        <source>구분</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>구분</source>
        <comment>kind</comment>
        <translation>Kind</translation>
    </message>
    <message>
        <source>구성품 누락</source>
        <comment>parts_missing</comment>
        <translation>Parts missing</translation>
    </message>
    <message>
        <source>구성품누락</source>
        <comment>parts_missing</comment>
        <translation>Parts missing</translation>
    </message>
    <message>
        <source>구역불일치</source>
        <comment>other_district</comment>
        <translation>Other district</translation>
    </message>
    <message>
        <source>균등배분</source>
        <translation>Spread evenly</translation>
    </message>
    <message>
        <source>그 뒤에 다른 내용을 넣어 되돌리지 않았습니다.</source>
        <translation>Not undone, for something else has been typed since.</translation>
    </message>
    <message>
        <source>그 뒤에 다른 조건을 넣어 되돌리지 않았습니다.</source>
        <translation>Not undone, for other conditions have been typed since.</translation>
    </message>
    <message>
        <source>그 밖의 접수</source>
        <translation>Other claims</translation>
    </message>
    <message>
        <source>그 사이에 다른 사람이 처리한 이관입니다. 목록을 다시 확인하십시오.</source>
        <comment>transfer_moved</comment>
        <translation>Somebody settled this transfer meanwhile. Look at the list again.</translation>
    </message>
    <message>
        <source>그 사이에 목록이 바뀌었습니다. 새 목록에서 다시 하십시오.</source>
        <comment>stale_list</comment>
        <translation>The list has changed meanwhile. Do it again in the new one.</translation>
    </message>
    <message>
        <source>그대로</source>
        <translation>As is</translation>
    </message>
    <message>
        <source>근거</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>근무</source>
        <translation>Working</translation>
    </message>
    <message>
        <source>근무시간</source>
        <translation>Hours</translation>
    </message>
    <message>
        <source>근무시간 외</source>
        <translation>Off hours</translation>
    </message>
    <message>
        <source>근무하지 않는 담당자에게는 이관할 수 없습니다.</source>
        <comment>receiver_inactive</comment>
        <translation>Tickets cannot be transferred to an agent who is not on duty.</translation>
    </message>
    <message>
        <source>글자 인코딩을 알 수 없습니다. UTF-8이나 CP949로 저장하십시오.</source>
        <comment>encoding_unknown</comment>
        <translation>The character encoding is unknown. Save the file as UTF-8 or CP949.</translation>
    </message>
    <message>
        <source>글자수</source>
        <translation>Characters</translation>
    </message>
    <message>
        <source>금</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>금</source>
        <comment>fri</comment>
        <translation>Fri</translation>
    </message>
    <message>
        <source>금액</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>금액 불일치</source>
        <comment>sum_differs</comment>
        <translation>Amounts differ</translation>
    </message>
    <message>
        <source>기간</source>
        <translation>Period</translation>
    </message>
    <message>
        <source>기간 기준</source>
        <translation>Period by</translation>
    </message>
    <message>
        <source>기간 기준</source>
        <comment>date_kind</comment>
        <translation>Period by</translation>
    </message>
    <message>
        <source>기간 전체</source>
        <translation>Whole period</translation>
    </message>
    <message>
        <source>기간은 2년까지입니다.</source>
        <translation>A period is at most 2 years.</translation>
    </message>
    <message>
        <source>기능</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>기능이나 탭 이름, 초성 (예: ㅌㅎㅈ)</source>
        <translation>Part of the name of an action or tab</translation>
    </message>
    <message>
        <source>기사</source>
        <comment>technician</comment>
        <translation>Technician</translation>
    </message>
    <message>
        <source>기존 접수에 추가</source>
        <translation>Add to ticket</translation>
    </message>
    <message>
        <source>기준</source>
        <translation>By</translation>
    </message>
    <message>
        <source>기준</source>
        <comment>dimension</comment>
        <translation>By</translation>
    </message>
    <message>
        <source>기타</source>
        <comment>other</comment>
        <translation>Other</translation>
    </message>
    <message>
        <source>기타 택배</source>
        <comment>other</comment>
        <translation>Other courier</translation>
    </message>
    <message>
        <source>기타(일)</source>
        <translation>Other (days)</translation>
    </message>
    <message>
        <source>기한 지남</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>기한초과</source>
        <comment>overdue</comment>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>끝나는 시각은 시작하는 시각보다 늦어야 합니다.</source>
        <comment>closes_before_opening</comment>
        <translation>The end must be later than the beginning.</translation>
    </message>
    <message>
        <source>나</source>
        <translation>Me</translation>
    </message>
    <message>
        <source>나중에 한 병합을 먼저 취소하십시오.</source>
        <comment>later_merge_first</comment>
        <translation>Undo the later merge first.</translation>
    </message>
    <message>
        <source>날짜</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>날짜가 아닙니다</source>
        <comment>not_a_date</comment>
        <translation>not a date</translation>
    </message>
    <message>
        <source>날짜를 2026-12-31처럼 입력하십시오.</source>
        <comment>needs_date</comment>
        <translation>Enter a date such as 2026-12-31.</translation>
    </message>
    <message>
        <source>남길 고객</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>남는 고객</source>
        <translation>Kept</translation>
    </message>
    <message>
        <source>남도 읽을 수 있는 비밀번호 파일입니다({mode}). chmod 600 {file} ({link})</source>
        <comment>secret_file_mode</comment>
        <translation>Others can read the password file ({mode}). chmod 600 {file} ({link})</translation>
    </message>
    <message>
        <source>낮음</source>
        <translation>Low</translation>
    </message>
    <message>
        <source>낮음</source>
        <comment>low</comment>
        <translation>Low</translation>
    </message>
    <message>
        <source>내 값</source>
        <translation>Mine</translation>
    </message>
    <message>
        <source>내 값 유지</source>
        <translation>Keep mine</translation>
    </message>
    <message>
        <source>내 승인요청</source>
        <translation>My requests</translation>
    </message>
    <message>
        <source>내 전화 거절</source>
        <comment>own_declined</comment>
        <translation>Own phone declined</translation>
    </message>
    <message>
        <source>내 전화 안 받음</source>
        <comment>own_no_answer</comment>
        <translation>Own phone not answered</translation>
    </message>
    <message>
        <source>내 전화 연결 불가</source>
        <comment>own_not_reachable</comment>
        <translation>Own phone not reachable</translation>
    </message>
    <message>
        <source>내 전화 통화 중</source>
        <comment>own_busy</comment>
        <translation>Own phone busy</translation>
    </message>
    <message>
        <source>내보내기</source>
        <comment>export</comment>
        <translation>Export</translation>
    </message>
    <message>
        <source>내선</source>
        <translation>Ext.</translation>
    </message>
    <message>
        <source>내선</source>
        <comment>extension</comment>
        <translation>Extension</translation>
    </message>
    <message>
        <source>내선 {extension} 전화기가 먼저 울립니다. 받으면 {number}에 겁니다.</source>
        <translation>Extension {extension} rings first. When you answer, {number} is dialled.</translation>
    </message>
    <message>
        <source>내선 {extension}을 쓰는 상담원이 이미 있어 연습 데이터를 넣지 않았습니다. 빈 데이터베이스에 넣으십시오.</source>
        <comment>demo_extension_taken</comment>
        <translation>An agent has extension {extension} already, so no demo data was put in. Use an empty database.</translation>
    </message>
    <message>
        <source>내선 {number}</source>
        <translation>Extension {number}</translation>
    </message>
    <message>
        <source>내선번호</source>
        <translation>Extension</translation>
    </message>
    <message>
        <source>내선번호 비우기</source>
        <translation>Free the extension</translation>
    </message>
    <message>
        <source>내선은 숫자 2~8자리입니다.</source>
        <comment>extension_refused</comment>
        <translation>An extension has 2 to 8 digits.</translation>
    </message>
    <message>
        <source>내선이 없는 아이디로는 전화를 걸 수 없습니다.</source>
        <comment>no_extension</comment>
        <translation>A login without an extension cannot dial.</translation>
    </message>
    <message>
        <source>내역이 없습니다.</source>
        <translation>Nothing here.</translation>
    </message>
    <message>
        <source>내용</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>내용</source>
        <comment>content</comment>
        <translation>Content</translation>
    </message>
    <message>
        <source>내용을 입력하십시오.</source>
        <translation>Type something.</translation>
    </message>
    <message>
        <source>내용이 너무 길어 이 PC에 보관하지 못합니다.</source>
        <comment>journal_too_long</comment>
        <translation>The text is too long to be kept on this PC.</translation>
    </message>
    <message>
        <source>내용이 없는 시트입니다.</source>
        <comment>no_rows</comment>
        <translation>The sheet is empty.</translation>
    </message>
    <message>
        <source>내일 10:00</source>
        <translation>Tomorrow 10:00</translation>
    </message>
    <message>
        <source>내일 {clock}</source>
        <translation>Tomorrow {clock}</translation>
    </message>
    <message>
        <source>내장 데이터베이스 프로그램이 없습니다: {package}</source>
        <comment>embedded_missing</comment>
        <translation>The program of the embedded database is missing: {package}</translation>
    </message>
    <message>
        <source>내장 데이터베이스가 비밀번호를 받아들이지 않습니다.</source>
        <comment>embedded_password_refused</comment>
        <translation>The embedded database refuses its password.</translation>
    </message>
    <message>
        <source>내장 데이터베이스가 응답하지 않습니다. 기록: {log}</source>
        <comment>embedded_not_answering</comment>
        <translation>The embedded database does not answer. Log: {log}</translation>
    </message>
    <message>
        <source>내장 데이터베이스가 한글을 찾지 못하는 설정입니다.</source>
        <comment>embedded_blind_to_hangul</comment>
        <translation>The embedded database is set up in a way that finds no Hangul.</translation>
    </message>
    <message>
        <source>내장 데이터베이스를 만들지 못했습니다: {said}</source>
        <comment>embedded_initdb_failed</comment>
        <translation>The embedded database could not be made: {said}</translation>
    </message>
    <message>
        <source>내장 데이터베이스를 시작하지 못했습니다. 기록: {log}</source>
        <comment>embedded_start_failed</comment>
        <translation>The embedded database did not start. Log: {log}</translation>
    </message>
    <message>
        <source>내장 데이터베이스의 비밀번호 파일이 없습니다: {file}</source>
        <comment>embedded_password_lost</comment>
        <translation>The password file of the embedded database is missing: {file}</translation>
    </message>
    <message>
        <source>너무 깁니다</source>
        <comment>too_long</comment>
        <translation>too long</translation>
    </message>
    <message>
        <source>넘기는 방법</source>
        <translation>Hand over</translation>
    </message>
    <message>
        <source>넘길 일이 없습니다. 열려 있는 화면은 곧바로 로그아웃됩니다.</source>
        <translation>Nothing to hand over. An open desk is logged off at once.</translation>
    </message>
    <message>
        <source>녹화 재생이 끝났습니다.</source>
        <comment>link_finished</comment>
        <translation>The recording has been played to its end.</translation>
    </message>
    <message>
        <source>녹화 파일을 읽을 수 없습니다: {file} ({reason})</source>
        <comment>recording_unreadable</comment>
        <translation>The recording cannot be read: {file} ({reason})</translation>
    </message>
    <message>
        <source>높음</source>
        <comment>high</comment>
        <translation>High</translation>
    </message>
    <message>
        <source>누적접수</source>
        <translation>All tickets</translation>
    </message>
    <message>
        <source>다른 고객의 주문입니다.</source>
        <comment>order_of_other_customer</comment>
        <translation>The order is another customer’s.</translation>
    </message>
    <message>
        <source>다른 곳에서 같은 클콜 아이디나 내선으로 로그인하여 연결을 끝냈습니다.</source>
        <comment>ippbx_taken_over</comment>
        <translation>Somebody logged in elsewhere with the same Clcall login or extension; the link has ended.</translation>
    </message>
    <message>
        <source>다른 곳에서 로그인</source>
        <comment>second_login</comment>
        <translation>Logged in elsewhere</translation>
    </message>
    <message>
        <source>다른 담당자 응답</source>
        <comment>answered_elsewhere</comment>
        <translation>Answered by another agent</translation>
    </message>
    <message>
        <source>다른 담당자가 이 고객을 먼저 고쳤습니다. 바뀐 내용을 확인하십시오.</source>
        <comment>stale_customer</comment>
        <translation>Another agent changed this customer first. Check what changed.</translation>
    </message>
    <message>
        <source>다른 담당자가 이 고객을 바꾸었습니다. 항목마다 고르십시오.</source>
        <translation>Another agent changed this customer. Choose for each field.</translation>
    </message>
    <message>
        <source>다른 담당자가 이 접수를 먼저 고쳤습니다. 바뀐 내용을 확인하십시오.</source>
        <comment>stale_ticket</comment>
        <translation>Another agent changed this ticket first. Check what changed.</translation>
    </message>
    <message>
        <source>다른 담당자가 이 클레임을 먼저 고쳤습니다. 바뀐 내용을 확인하십시오.</source>
        <comment>stale_claim</comment>
        <translation>Another agent changed this claim first. Check what changed.</translation>
    </message>
    <message>
        <source>다른 담당자가 이미 승인을 요청했습니다.</source>
        <comment>approval_pending</comment>
        <translation>Another agent has asked for approval already.</translation>
    </message>
    <message>
        <source>다른 담당자의 접수를 인수했습니다.</source>
        <translation>You took over another agent’s ticket.</translation>
    </message>
    <message>
        <source>다른 사람이 먼저 바꾼 항목입니다. 불러온 뒤 다시 고치십시오.</source>
        <comment>record_changed</comment>
        <translation>Somebody else changed it first. Load it, then change it again.</translation>
    </message>
    <message>
        <source>다른 사람이 바꾼 내용으로 다시 채웁니다. (Space)</source>
        <translation>Fills in what the other one wrote. (Space)</translation>
    </message>
    <message>
        <source>다른 사람이 지운 항목입니다.</source>
        <translation>Somebody else deleted it.</translation>
    </message>
    <message>
        <source>다른 사용자의 데이터 폴더입니다: {folder}</source>
        <comment>embedded_not_yours</comment>
        <translation>The data folder is another user’s: {folder}</translation>
    </message>
    <message>
        <source>다른 상담원이 쓰는 내선입니다.</source>
        <comment>extension_taken</comment>
        <translation>Another agent has this extension.</translation>
    </message>
    <message>
        <source>다른 상품이 나가지 않는 클레임입니다.</source>
        <comment>no_exchange_goods</comment>
        <translation>No other product is sent for this claim.</translation>
    </message>
    <message>
        <source>다른 주소</source>
        <translation>Other addresses</translation>
    </message>
    <message>
        <source>다른 주소가 없습니다.</source>
        <translation>No other addresses.</translation>
    </message>
    <message>
        <source>다른 택배사의 회수 요청입니다.</source>
        <comment>pickup_of_other_courier</comment>
        <translation>The pickup is another courier’s.</translation>
    </message>
    <message>
        <source>다른상품교환</source>
        <translation>Exchange, other</translation>
    </message>
    <message>
        <source>다른상품교환</source>
        <comment>exchange_other</comment>
        <translation>Exchange, other</translation>
    </message>
    <message>
        <source>다른상품교환접수</source>
        <comment>exchange_other</comment>
        <translation>Exchange claim, other</translation>
    </message>
    <message>
        <source>다시 말씀드립니다. 폭언이 계속되면 상담원 보호를 위하여 상담을 종료하겠습니다.</source>
        <translation>I am asking you again. If the abuse goes on, I will end this call to protect our staff.</translation>
    </message>
    <message>
        <source>다시 사용</source>
        <translation>Enable</translation>
    </message>
    <message>
        <source>다시 사용</source>
        <comment>enabled</comment>
        <translation>Enabled</translation>
    </message>
    <message>
        <source>다시 요청함</source>
        <translation>requested again</translation>
    </message>
    <message>
        <source>다음</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>다음 문구</source>
        <translation>Next sentence</translation>
    </message>
    <message>
        <source>다음 시도</source>
        <translation>Next try</translation>
    </message>
    <message>
        <source>다음 콜백일시</source>
        <translation>Next callback at</translation>
    </message>
    <message>
        <source>다음 콜백일시 고르기</source>
        <translation>Choose when to call back next</translation>
    </message>
    <message>
        <source>다음 탭</source>
        <translation>Next tab</translation>
    </message>
    <message>
        <source>다음에 시작할 때부터 {language}로 표시합니다.</source>
        <translation>From the next start on, the desk will be in {language}.</translation>
    </message>
    <message>
        <source>단계</source>
        <translation>Step</translation>
    </message>
    <message>
        <source>단계</source>
        <comment>claim_step</comment>
        <translation>Step</translation>
    </message>
    <message>
        <source>단계</source>
        <comment>step</comment>
        <translation>Step</translation>
    </message>
    <message>
        <source>단순변심</source>
        <comment>change_of_mind</comment>
        <translation>Change of mind</translation>
    </message>
    <message>
        <source>단축키</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>담당 사원이 정해지지 않은 주소입니다.</source>
        <comment>refine_no_driver</comment>
        <translation>The courier has no driver for this address.</translation>
    </message>
    <message>
        <source>담당 점소가 폐점했거나 운영을 멈췄습니다.</source>
        <comment>refine_branch_closed</comment>
        <translation>The courier’s branch is closed.</translation>
    </message>
    <message>
        <source>담당 팀</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>담당자</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>담당자</source>
        <comment>agent</comment>
        <translation>Agent</translation>
    </message>
    <message>
        <source>담당자</source>
        <comment>assignee_id</comment>
        <translation>Agent</translation>
    </message>
    <message>
        <source>담당자</source>
        <comment>who</comment>
        <translation>Agent</translation>
    </message>
    <message>
        <source>담당자: {name}</source>
        <translation>Agent: {name}</translation>
    </message>
    <message>
        <source>담당자관련이력</source>
        <translation>My work</translation>
    </message>
    <message>
        <source>담당자를 목록에서 고르십시오.</source>
        <translation>Choose the agent from the list.</translation>
    </message>
    <message>
        <source>담당자별</source>
        <translation>By agent</translation>
    </message>
    <message>
        <source>담당팀</source>
        <comment>assignee_team_id</comment>
        <translation>Team</translation>
    </message>
    <message>
        <source>답변일시</source>
        <translation>Answered at</translation>
    </message>
    <message>
        <source>당일 콜 히스토리</source>
        <translation>Today’s calls</translation>
    </message>
    <message>
        <source>당일 콜 히스토리 보기/숨김</source>
        <translation>Show or hide today’s calls</translation>
    </message>
    <message>
        <source>당일통화내역</source>
        <translation>My calls today</translation>
    </message>
    <message>
        <source>당일통화내역 접수</source>
        <translation>Take a listed call</translation>
    </message>
    <message>
        <source>당일통화내역 통화</source>
        <translation>Dial a listed call</translation>
    </message>
    <message>
        <source>대기</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>대기</source>
        <comment>pending</comment>
        <translation>Pending</translation>
    </message>
    <message>
        <source>대기 중</source>
        <comment>waiting</comment>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>대기 통화 {count}</source>
        <translation>Waiting calls: {count}</translation>
    </message>
    <message>
        <source>대기열</source>
        <translation>Queue</translation>
    </message>
    <message>
        <source>대기열 반려</source>
        <translation>Return an offer</translation>
    </message>
    <message>
        <source>대기열 부재 처리</source>
        <translation>Mark an offer as handled</translation>
    </message>
    <message>
        <source>대기열 수락</source>
        <translation>Accept an offer</translation>
    </message>
    <message>
        <source>대기열 수락 기한(분)</source>
        <translation>Queue: accept within (min)</translation>
    </message>
    <message>
        <source>대기열 통화</source>
        <translation>Dial an offer</translation>
    </message>
    <message>
        <source>대기열의 업무를 받았습니다.</source>
        <translation>You got a task from the queue.</translation>
    </message>
    <message>
        <source>대상</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>대상</source>
        <comment>subject</comment>
        <translation>Subject</translation>
    </message>
    <message>
        <source>대상 월</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>대표 주소로</source>
        <translation>Make main</translation>
    </message>
    <message>
        <source>대표번호</source>
        <comment>representative</comment>
        <translation>Representative</translation>
    </message>
    <message>
        <source>더 새 프로그램({program})이 만든 백업입니다. 프로그램을 업데이트하십시오.</source>
        <comment>backup_newer</comment>
        <translation>A newer program ({program}) made this backup. Update the program.</translation>
    </message>
    <message>
        <source>데이터 폴더를 쓸 수 없습니다: {folder} ({reason})</source>
        <comment>embedded_io</comment>
        <translation>The data folder cannot be written: {folder} ({reason})</translation>
    </message>
    <message>
        <source>데이터가 다른 PostgreSQL 버전의 것입니다: {found} ({expected} 필요)</source>
        <comment>embedded_other_version</comment>
        <translation>The data are of another version of PostgreSQL: {found} ({expected} needed)</translation>
    </message>
    <message>
        <source>데이터베이스</source>
        <comment>database</comment>
        <translation>Database</translation>
    </message>
    <message>
        <source>데이터베이스 {database|이} 비어 있지 않아 복원하지 않았습니다. --into에 새 이름을 주십시오.</source>
        <comment>backup_target_not_empty</comment>
        <translation>Nothing was restored, for the database {database} is not empty. Give a new name with --into.</translation>
    </message>
    <message>
        <source>데이터베이스({current})가 이 프로그램({program})보다 새 버전이어서 쓸 수 없습니다. 프로그램을 업데이트하십시오.</source>
        <comment>schema_newer</comment>
        <translation>The database ({current}) is newer than this program ({program}) and cannot be used. Update the program.</translation>
    </message>
    <message>
        <source>데이터베이스({current})가 이 프로그램({program})보다 이전 버전입니다. 관리자가 ets db upgrade로 올려야 합니다.</source>
        <comment>schema_older</comment>
        <translation>The database ({current}) is older than this program ({program}). An administrator has to run ets db upgrade.</translation>
    </message>
    <message>
        <source>데이터베이스가 바쁩니다. 잠시 뒤 다시 시도하십시오.</source>
        <comment>database_busy</comment>
        <translation>The database is busy. Try again in a moment.</translation>
    </message>
    <message>
        <source>데이터베이스를 시작하는 중…</source>
        <translation>Starting the database…</translation>
    </message>
    <message>
        <source>데이터베이스를 확인하는 중…</source>
        <translation>Checking the database…</translation>
    </message>
    <message>
        <source>데이터베이스에 연결할 수 없습니다. 잠시 뒤 다시 시도하십시오.</source>
        <comment>database_away</comment>
        <translation>The database cannot be reached. Try again in a moment.</translation>
    </message>
    <message>
        <source>데이터베이스에 연결할 수 없어 전송대기로 두었습니다. 연결되면 저장합니다.</source>
        <translation>The database cannot be reached; the ticket waits to be sent and is saved once it can.</translation>
    </message>
    <message>
        <source>데이터베이스용 계정을 만들지 못했습니다: {command}</source>
        <comment>embedded_no_account</comment>
        <translation>The account for the database could not be made: {command}</translation>
    </message>
    <message>
        <source>도움말</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>도착지코드를 찾지 못한 주소입니다.</source>
        <comment>refine_no_code</comment>
        <translation>No destination code was found for this address.</translation>
    </message>
    <message>
        <source>돌림</source>
        <translation>Put back</translation>
    </message>
    <message>
        <source>동봉</source>
        <comment>enclosed</comment>
        <translation>Enclosed</translation>
    </message>
    <message>
        <source>동일상품교환</source>
        <translation>Exchange, same</translation>
    </message>
    <message>
        <source>동일상품교환</source>
        <comment>exchange_same</comment>
        <translation>Exchange, same</translation>
    </message>
    <message>
        <source>되돌릴 것이 없습니다.</source>
        <translation>There is nothing to undo.</translation>
    </message>
    <message>
        <source>되풀이된 이관 {again}건: {number} {path}</source>
        <translation>Transfers going round: {again}: {number} {path}</translation>
    </message>
    <message>
        <source>두 번 입력한 비밀번호가 다릅니다.</source>
        <comment>passwords_differ</comment>
        <translation>The two passwords differ.</translation>
    </message>
    <message>
        <source>두 시트에 주문이 있습니다: {one}, {other}</source>
        <comment>orders_on_two_sheets</comment>
        <translation>There are orders on two sheets: {one}, {other}</translation>
    </message>
    <message>
        <source>두 종류 10자, 세 종류 8자 이상</source>
        <translation>10 characters of two kinds, or 8 of three</translation>
    </message>
    <message>
        <source>등급</source>
        <translation>Grade</translation>
    </message>
    <message>
        <source>등록되지 않은 번호</source>
        <translation>Unknown number</translation>
    </message>
    <message>
        <source>등록된 번호</source>
        <comment>number_registered</comment>
        <translation>Registered number</translation>
    </message>
    <message>
        <source>등록된 번호가 없습니다.</source>
        <translation>No numbers.</translation>
    </message>
    <message>
        <source>등록일시</source>
        <translation>Entered at</translation>
    </message>
    <message>
        <source>등록자</source>
        <translation>Entered by</translation>
    </message>
    <message>
        <source>디스크에 남은 공간이 없습니다. 다른 곳에 저장하십시오.</source>
        <comment>export_disk_full</comment>
        <translation>The disk is full. Save to another place.</translation>
    </message>
    <message>
        <source>따옴표가 맞지 않습니다</source>
        <comment>quotes_unbalanced</comment>
        <translation>quotes do not match</translation>
    </message>
    <message>
        <source>로그아웃</source>
        <translation>Log off</translation>
    </message>
    <message>
        <source>로그아웃</source>
        <comment>logged_out</comment>
        <translation>Logged out</translation>
    </message>
    <message>
        <source>로그아웃</source>
        <comment>logout</comment>
        <translation>Logout</translation>
    </message>
    <message>
        <source>로그아웃한 담당자의 상담상태는 바꿀 수 없습니다.</source>
        <comment>agent_logged_out</comment>
        <translation>The agent has logged out, so the state cannot be changed.</translation>
    </message>
    <message>
        <source>로그인</source>
        <translation>Log in</translation>
    </message>
    <message>
        <source>로그인</source>
        <comment>login</comment>
        <translation>Login</translation>
    </message>
    <message>
        <source>로그인 ID</source>
        <translation>Login ID</translation>
    </message>
    <message>
        <source>로젠택배</source>
        <comment>logen</comment>
        <translation>Logen</translation>
    </message>
    <message>
        <source>롯데택배</source>
        <comment>lotte</comment>
        <translation>Lotte</translation>
    </message>
    <message>
        <source>마지막 로그인</source>
        <translation>Last login</translation>
    </message>
    <message>
        <source>마지막 안내 전 {at}에 끊음</source>
        <translation>Hung up at {at}, before the last announcement</translation>
    </message>
    <message>
        <source>마지막 안내까지 듣고 {at}에 끝남</source>
        <translation>Heard to the last announcement, ended at {at}</translation>
    </message>
    <message>
        <source>만들기</source>
        <translation>New</translation>
    </message>
    <message>
        <source>만들지 못했습니다.</source>
        <translation>It could not be written.</translation>
    </message>
    <message>
        <source>만료</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>만료</source>
        <comment>expired</comment>
        <translation>Expired</translation>
    </message>
    <message>
        <source>만료된 안심번호</source>
        <comment>number_expired</comment>
        <translation>Expired safe number</translation>
    </message>
    <message>
        <source>맞교환</source>
        <comment>swap</comment>
        <translation>Swap</translation>
    </message>
    <message>
        <source>맞교환접수</source>
        <comment>swap</comment>
        <translation>Swap claim</translation>
    </message>
    <message>
        <source>맞는 기능이 없습니다.</source>
        <translation>Nothing fits.</translation>
    </message>
    <message>
        <source>메뉴 {menu}</source>
        <translation>Menu {menu}</translation>
    </message>
    <message>
        <source>메모</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>메모</source>
        <comment>note</comment>
        <translation>Note</translation>
    </message>
    <message>
        <source>메모·문자</source>
        <comment>activity</comment>
        <translation>Notes, SMS</translation>
    </message>
    <message>
        <source>명령</source>
        <translation>Command</translation>
    </message>
    <message>
        <source>명령 찾기</source>
        <translation>Find command</translation>
    </message>
    <message>
        <source>명령목록</source>
        <translation>Commands</translation>
    </message>
    <message>
        <source>모니터 {number} ({name}, {size})</source>
        <translation>Monitor {number} ({name}, {size})</translation>
    </message>
    <message>
        <source>모든 접수유형</source>
        <translation>All ticket types</translation>
    </message>
    <message>
        <source>모든 탭</source>
        <translation>All tabs</translation>
    </message>
    <message>
        <source>모든 팀</source>
        <translation>All teams</translation>
    </message>
    <message>
        <source>모르는 PBX 종류입니다: {vendor} ({link})</source>
        <comment>vendor_unknown</comment>
        <translation>Unknown kind of PBX: {vendor} ({link})</translation>
    </message>
    <message>
        <source>모르는 내선입니다: {extension}</source>
        <comment>extension_unknown</comment>
        <translation>Unknown extension: {extension}</translation>
    </message>
    <message>
        <source>모르는 설정입니다: {key} ({file})</source>
        <comment>settings_unknown_key</comment>
        <translation>Unknown setting: {key} ({file})</translation>
    </message>
    <message>
        <source>모르는 택배사입니다: {name}</source>
        <comment>courier_unknown</comment>
        <translation>Unknown courier: {name}</translation>
    </message>
    <message>
        <source>목</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>목</source>
        <comment>thu</comment>
        <translation>Thu</translation>
    </message>
    <message>
        <source>목록</source>
        <translation>List</translation>
    </message>
    <message>
        <source>목록</source>
        <comment>list</comment>
        <translation>List</translation>
    </message>
    <message>
        <source>목록 {name}</source>
        <translation>List {name}</translation>
    </message>
    <message>
        <source>목록 닫기</source>
        <translation>Close the list</translation>
    </message>
    <message>
        <source>목록 열기 (Enter)</source>
        <translation>Open the list (Enter)</translation>
    </message>
    <message>
        <source>목록 조건</source>
        <translation>Conditions of the list</translation>
    </message>
    <message>
        <source>목록에서 한 건을 먼저 고르십시오.</source>
        <translation>First choose a row of the list.</translation>
    </message>
    <message>
        <source>무선 청소기</source>
        <translation>Cordless vacuum cleaner</translation>
    </message>
    <message>
        <source>무입력</source>
        <comment>idle</comment>
        <translation>No input</translation>
    </message>
    <message>
        <source>무통장</source>
        <translation>Bank deposit</translation>
    </message>
    <message>
        <source>묶음</source>
        <translation>Group by</translation>
    </message>
    <message>
        <source>문자 내용을 입력하십시오.</source>
        <comment>sms_empty</comment>
        <translation>Type the text message.</translation>
    </message>
    <message>
        <source>문자가 너무 길어 LG U+ 센트릭스가 보내지 않았습니다.</source>
        <comment>centrex_text_too_long</comment>
        <translation>The text message is too long; LG U+ Centrex did not send it.</translation>
    </message>
    <message>
        <source>문자는 {most}바이트까지입니다(지금 {bytes}바이트).</source>
        <comment>sms_too_long</comment>
        <translation>A text message has at most {most} bytes (now {bytes}).</translation>
    </message>
    <message>
        <source>문자로 보낼 수 없는 글자입니다: {character}</source>
        <comment>sms_unsendable</comment>
        <translation>This character cannot be sent as a text message: {character}</translation>
    </message>
    <message>
        <source>문자상담</source>
        <comment>chat</comment>
        <translation>Chat</translation>
    </message>
    <message>
        <source>물류 담당자</source>
        <comment>warehouse</comment>
        <translation>Warehouse</translation>
    </message>
    <message>
        <source>물류관리</source>
        <translation>Logistics</translation>
    </message>
    <message>
        <source>물류지시</source>
        <translation>Logistics</translation>
    </message>
    <message>
        <source>물류지시가 없습니다.</source>
        <translation>No logistics instructions.</translation>
    </message>
    <message>
        <source>미납</source>
        <translation>not paid in full</translation>
    </message>
    <message>
        <source>미리보기</source>
        <translation>Preview</translation>
    </message>
    <message>
        <source>미발송</source>
        <comment>false</comment>
        <translation>No mailings</translation>
    </message>
    <message>
        <source>미배송</source>
        <comment>not_delivered</comment>
        <translation>Not delivered</translation>
    </message>
    <message>
        <source>미배송접수</source>
        <comment>not_delivered</comment>
        <translation>Not-delivered claim</translation>
    </message>
    <message>
        <source>미수</source>
        <comment>unpaid</comment>
        <translation>Unpaid</translation>
    </message>
    <message>
        <source>미완납</source>
        <comment>false</comment>
        <translation>No</translation>
    </message>
    <message>
        <source>미완료</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>미완료</source>
        <comment>open</comment>
        <translation>Open</translation>
    </message>
    <message>
        <source>미완료 경과</source>
        <translation>Open, by age</translation>
    </message>
    <message>
        <source>미완료 접수</source>
        <comment>open_ticket</comment>
        <translation>Open ticket</translation>
    </message>
    <message>
        <source>미완료 접수 {count}건</source>
        <translation>Open tickets: {count}</translation>
    </message>
    <message>
        <source>미집화</source>
        <comment>not_collected</comment>
        <translation>Not collected</translation>
    </message>
    <message>
        <source>미처리</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>미확인</source>
        <translation>Not agreed</translation>
    </message>
    <message>
        <source>미확인 반품</source>
        <translation>Unknown returns</translation>
    </message>
    <message>
        <source>미확인 반품 등록</source>
        <translation>Register an unknown return</translation>
    </message>
    <message>
        <source>미확인 반품 연결</source>
        <translation>Match an unknown return</translation>
    </message>
    <message>
        <source>미확인 반품으로 등록했습니다.</source>
        <translation>The unknown return has been registered.</translation>
    </message>
    <message>
        <source>미확인 반품이 없습니다.</source>
        <translation>No unknown returns.</translation>
    </message>
    <message>
        <source>바꿀 상태</source>
        <translation>New state</translation>
    </message>
    <message>
        <source>바뀐 내용이 없습니다.</source>
        <translation>Nothing has changed.</translation>
    </message>
    <message>
        <source>바뀜</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>바로 로그아웃됩니다. 쓰던 내용은 그 PC에 남습니다. 사유는 접속기록에 남습니다.</source>
        <translation>It happens at once. What was being written stays on that PC. The reason goes to the access log.</translation>
    </message>
    <message>
        <source>반려</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>반려</source>
        <comment>refused</comment>
        <translation>Refused</translation>
    </message>
    <message>
        <source>반려</source>
        <comment>returned</comment>
        <translation>Returned</translation>
    </message>
    <message>
        <source>반려되었습니다: {what} · {answer} · {by}</source>
        <translation>Refused: {what} · {answer} · {by}</translation>
    </message>
    <message>
        <source>반려사유</source>
        <translation>Reason for returning</translation>
    </message>
    <message>
        <source>반려했습니다: {what}</source>
        <translation>Refused: {what}</translation>
    </message>
    <message>
        <source>반품</source>
        <comment>return</comment>
        <translation>Return</translation>
    </message>
    <message>
        <source>반품</source>
        <comment>returns</comment>
        <translation>Returns</translation>
    </message>
    <message>
        <source>반품 고객회송</source>
        <translation>Send a return back</translation>
    </message>
    <message>
        <source>반품 교환출고</source>
        <translation>Ship a return’s exchange</translation>
    </message>
    <message>
        <source>반품 대상 상품</source>
        <translation>Products to return</translation>
    </message>
    <message>
        <source>반품 배송비(원)</source>
        <translation>Return postage (KRW)</translation>
    </message>
    <message>
        <source>반품 사진</source>
        <translation>Photos of a return</translation>
    </message>
    <message>
        <source>반품 사진 보기</source>
        <translation>Show photos of a return</translation>
    </message>
    <message>
        <source>반품 사진 추가</source>
        <translation>Add photos of a return</translation>
    </message>
    <message>
        <source>반품 상품 미입고</source>
        <comment>goods_not_arrived</comment>
        <translation>Goods not arrived</translation>
    </message>
    <message>
        <source>반품 입고</source>
        <comment>arrived</comment>
        <translation>Returned goods arrived</translation>
    </message>
    <message>
        <source>반품 환불</source>
        <translation>Refund a return</translation>
    </message>
    <message>
        <source>반품(일)</source>
        <translation>Return (days)</translation>
    </message>
    <message>
        <source>반품·교환</source>
        <comment>claims</comment>
        <translation>Returns and exchanges</translation>
    </message>
    <message>
        <source>반품·교환 조회</source>
        <comment>search_claims</comment>
        <translation>Search returns, exchanges</translation>
    </message>
    <message>
        <source>반품·교환 통계</source>
        <translation>Statistics of returns and exchanges</translation>
    </message>
    <message>
        <source>반품·교환 통계</source>
        <comment>claims</comment>
        <translation>Statistics of returns and exchanges</translation>
    </message>
    <message>
        <source>반품·교환 통계 비교</source>
        <translation>Statistics of returns and exchanges, compared</translation>
    </message>
    <message>
        <source>반품·교환 통계 비교</source>
        <comment>claims</comment>
        <translation>Statistics of returns and exchanges, compared</translation>
    </message>
    <message>
        <source>반품상품</source>
        <translation>Returned products</translation>
    </message>
    <message>
        <source>반품송장번호</source>
        <translation>Return tracking</translation>
    </message>
    <message>
        <source>반품이면 {fee}</source>
        <translation>{fee} for a return</translation>
    </message>
    <message>
        <source>반품접수처리</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>반품접수처리</source>
        <comment>return</comment>
        <translation>Return claim</translation>
    </message>
    <message>
        <source>반품처리</source>
        <translation>Returns</translation>
    </message>
    <message>
        <source>반품처리, 교환처리</source>
        <translation>Returns, Exchanges</translation>
    </message>
    <message>
        <source>반품할 상품을 하나 이상 고르십시오.</source>
        <comment>needs_claim_lines</comment>
        <translation>Choose at least one product to return.</translation>
    </message>
    <message>
        <source>반품회송처리</source>
        <translation>Returned parcels</translation>
    </message>
    <message>
        <source>받는 사람은 1명에서 {most}명까지입니다.</source>
        <comment>sms_recipients</comment>
        <translation>A text message goes to 1 to {most} people.</translation>
    </message>
    <message>
        <source>받는 사람이 너무 많아 LG U+ 센트릭스가 보내지 않았습니다.</source>
        <comment>centrex_too_many_recipients</comment>
        <translation>Too many people to send to; LG U+ Centrex did not send it.</translation>
    </message>
    <message>
        <source>받은 담당자</source>
        <translation>To agent</translation>
    </message>
    <message>
        <source>받은 담당자별</source>
        <translation>By receiver</translation>
    </message>
    <message>
        <source>받은 이관</source>
        <translation>Received transfers</translation>
    </message>
    <message>
        <source>받을 담당자</source>
        <translation>Receiver</translation>
    </message>
    <message>
        <source>받지 않은 사유</source>
        <translation>Why it was not taken</translation>
    </message>
    <message>
        <source>받지 않음</source>
        <translation>Not taken</translation>
    </message>
    <message>
        <source>발송</source>
        <translation>Shipped</translation>
    </message>
    <message>
        <source>발송</source>
        <comment>shipped</comment>
        <translation>Shipped</translation>
    </message>
    <message>
        <source>발송</source>
        <comment>true</comment>
        <translation>Mailings</translation>
    </message>
    <message>
        <source>발송여부</source>
        <translation>Mailings</translation>
    </message>
    <message>
        <source>발송일</source>
        <translation>Shipped on</translation>
    </message>
    <message>
        <source>발신</source>
        <comment>out</comment>
        <translation>Out</translation>
    </message>
    <message>
        <source>발신 고객 보기</source>
        <comment>show_caller</comment>
        <translation>Show caller</translation>
    </message>
    <message>
        <source>발신 중</source>
        <comment>dialling</comment>
        <translation>Dialling</translation>
    </message>
    <message>
        <source>발신 통화</source>
        <comment>out</comment>
        <translation>Outgoing call</translation>
    </message>
    <message>
        <source>발신번호표시제한</source>
        <translation>Number withheld</translation>
    </message>
    <message>
        <source>배분</source>
        <translation>Gets</translation>
    </message>
    <message>
        <source>배분 결과</source>
        <translation>Shares</translation>
    </message>
    <message>
        <source>배분 후</source>
        <translation>After</translation>
    </message>
    <message>
        <source>배송 중 분실</source>
        <comment>lost</comment>
        <translation>Lost in transit</translation>
    </message>
    <message>
        <source>배송 지연</source>
        <comment>late</comment>
        <translation>Late delivery</translation>
    </message>
    <message>
        <source>배송메모</source>
        <translation>Delivery note</translation>
    </message>
    <message>
        <source>배송문의</source>
        <comment>delivery</comment>
        <translation>Delivery</translation>
    </message>
    <message>
        <source>배송문의(일)</source>
        <translation>Delivery question (days)</translation>
    </message>
    <message>
        <source>배송비</source>
        <translation>Postage</translation>
    </message>
    <message>
        <source>배송비</source>
        <comment>claim_fee</comment>
        <translation>Postage</translation>
    </message>
    <message>
        <source>배송비 결제방법을 고르십시오.</source>
        <comment>needs_fee_method</comment>
        <translation>Choose how the postage is paid.</translation>
    </message>
    <message>
        <source>배송비 미입금</source>
        <comment>fee_unpaid</comment>
        <translation>Postage due</translation>
    </message>
    <message>
        <source>배송비 변경</source>
        <translation>Set postage</translation>
    </message>
    <message>
        <source>배송비: {fee} ({payer})</source>
        <translation>Postage: {fee} ({payer})</translation>
    </message>
    <message>
        <source>배송완료</source>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>배송완료</source>
        <comment>delivered</comment>
        <translation>Delivered</translation>
    </message>
    <message>
        <source>배송완료 {moment}</source>
        <translation>Delivered {moment}</translation>
    </message>
    <message>
        <source>배송이 늦어질 수 있는 지역입니다.</source>
        <comment>refine_may_be_late</comment>
        <translation>Delivery may be late there.</translation>
    </message>
    <message>
        <source>배송조회</source>
        <translation>Tracking</translation>
    </message>
    <message>
        <source>배송중</source>
        <comment>shipping</comment>
        <translation>Shipping</translation>
    </message>
    <message>
        <source>배송중분실</source>
        <comment>lost_in_transit</comment>
        <translation>Lost in transit</translation>
    </message>
    <message>
        <source>배송중분실접수</source>
        <comment>lost_in_transit</comment>
        <translation>Lost-in-transit claim</translation>
    </message>
    <message>
        <source>배송지</source>
        <translation>Deliver to</translation>
    </message>
    <message>
        <source>배정</source>
        <translation>Offered to</translation>
    </message>
    <message>
        <source>배정된 업무를 받지 않아 되돌리고 {state|으로} 바꾸었습니다.</source>
        <translation>The offered task was not taken and went back; your state is now {state}.</translation>
    </message>
    <message>
        <source>백업</source>
        <comment>backup</comment>
        <translation>Backup</translation>
    </message>
    <message>
        <source>백업을 쓸 수 없습니다: {folder} ({reason})</source>
        <comment>backup_unwritable</comment>
        <translation>The backup cannot be written: {folder} ({reason})</translation>
    </message>
    <message>
        <source>백업을 읽을 수 없습니다: {folder} ({reason})</source>
        <comment>backup_unreadable</comment>
        <translation>The backup cannot be read: {folder} ({reason})</translation>
    </message>
    <message>
        <source>백업이 손상되었습니다. 다른 백업을 쓰십시오: {file}</source>
        <comment>backup_damaged</comment>
        <translation>The backup is damaged. Use another: {file}</translation>
    </message>
    <message>
        <source>백업이 아니거나 파일이 빠졌습니다: {folder}</source>
        <comment>backup_none</comment>
        <translation>This is no backup, or files are missing: {folder}</translation>
    </message>
    <message>
        <source>백업할 것이 없습니다. 데이터베이스가 비어 있습니다.</source>
        <comment>backup_nothing</comment>
        <translation>There is nothing to back up: the database is empty.</translation>
    </message>
    <message>
        <source>버리기</source>
        <translation>Discard</translation>
    </message>
    <message>
        <source>번호 또는 끝 6자리</source>
        <translation>Number or last 6</translation>
    </message>
    <message>
        <source>번호 삭제</source>
        <translation>Remove number</translation>
    </message>
    <message>
        <source>번호 추가</source>
        <translation>Add number</translation>
    </message>
    <message>
        <source>번호가 아닙니다</source>
        <comment>not_a_whole_number</comment>
        <translation>not a number of digits</translation>
    </message>
    <message>
        <source>번호를 알 수 없는 통화입니다.</source>
        <translation>The number of this call is unknown.</translation>
    </message>
    <message>
        <source>범위</source>
        <translation>Scope</translation>
    </message>
    <message>
        <source>변경</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>변경 알림</source>
        <translation>Changed elsewhere</translation>
    </message>
    <message>
        <source>변경 이력</source>
        <translation>Changes</translation>
    </message>
    <message>
        <source>변경 충돌</source>
        <translation>Conflicting changes</translation>
    </message>
    <message>
        <source>변경사유</source>
        <translation>Reason for the change</translation>
    </message>
    <message>
        <source>변경이력</source>
        <translation>History</translation>
    </message>
    <message>
        <source>변경일시</source>
        <translation>Changed at</translation>
    </message>
    <message>
        <source>변경자</source>
        <translation>Changed by</translation>
    </message>
    <message>
        <source>변경항목</source>
        <translation>Changed fields</translation>
    </message>
    <message>
        <source>병합</source>
        <translation>Merge</translation>
    </message>
    <message>
        <source>병합 내용</source>
        <translation>What is merged</translation>
    </message>
    <message>
        <source>병합 취소</source>
        <translation>Undo merge</translation>
    </message>
    <message>
        <source>병합 취소</source>
        <comment>undone</comment>
        <translation>Merge undone</translation>
    </message>
    <message>
        <source>병합됨</source>
        <translation>Merged into</translation>
    </message>
    <message>
        <source>병합을 취소했습니다</source>
        <translation>The merge has been undone</translation>
    </message>
    <message>
        <source>병합할 고객을 고르십시오.</source>
        <translation>Choose the customer to merge.</translation>
    </message>
    <message>
        <source>보고서 저장</source>
        <translation>Save the report</translation>
    </message>
    <message>
        <source>보고서 파일</source>
        <translation>Report file</translation>
    </message>
    <message>
        <source>보관기간 지난 정보 파기</source>
        <comment>retention</comment>
        <translation>Erase expired data</translation>
    </message>
    <message>
        <source>보기</source>
        <translation>Reveal</translation>
    </message>
    <message>
        <source>보기</source>
        <comment>view</comment>
        <translation>View</translation>
    </message>
    <message>
        <source>보낸 담당자</source>
        <translation>From agent</translation>
    </message>
    <message>
        <source>보낸 사람</source>
        <translation>Sender</translation>
    </message>
    <message>
        <source>보낸 이관</source>
        <translation>Sent transfers</translation>
    </message>
    <message>
        <source>보냄</source>
        <comment>sent</comment>
        <translation>Sent</translation>
    </message>
    <message>
        <source>보류</source>
        <translation>On hold</translation>
    </message>
    <message>
        <source>보류</source>
        <comment>button</comment>
        <translation>Hold</translation>
    </message>
    <message>
        <source>보류</source>
        <comment>claim_held</comment>
        <translation>Hold</translation>
    </message>
    <message>
        <source>보류</source>
        <comment>held</comment>
        <translation>On hold</translation>
    </message>
    <message>
        <source>보류</source>
        <comment>on_hold</comment>
        <translation>On hold</translation>
    </message>
    <message>
        <source>보류</source>
        <comment>true</comment>
        <translation>On hold</translation>
    </message>
    <message>
        <source>보류 메모</source>
        <comment>claim_hold_note</comment>
        <translation>Hold note</translation>
    </message>
    <message>
        <source>보류 사유</source>
        <comment>claim_hold_reason</comment>
        <translation>Hold reason</translation>
    </message>
    <message>
        <source>보류 사유를 고르십시오.</source>
        <comment>needs_hold_reason</comment>
        <translation>Choose why it is on hold.</translation>
    </message>
    <message>
        <source>보류 아님</source>
        <translation>Not on hold</translation>
    </message>
    <message>
        <source>보류 아님</source>
        <comment>false</comment>
        <translation>Not on hold</translation>
    </message>
    <message>
        <source>보류된 클레임입니다. 보류를 먼저 푸십시오.</source>
        <comment>claim_held</comment>
        <translation>The claim is on hold. Release it first.</translation>
    </message>
    <message>
        <source>보류사유</source>
        <translation>Reason for holding</translation>
    </message>
    <message>
        <source>보통</source>
        <translation>Fair</translation>
    </message>
    <message>
        <source>보통</source>
        <comment>normal</comment>
        <translation>Normal</translation>
    </message>
    <message>
        <source>보호 휴식</source>
        <translation>Protected rest</translation>
    </message>
    <message>
        <source>보호 휴식</source>
        <comment>protected_rest</comment>
        <translation>Protected rest</translation>
    </message>
    <message>
        <source>복구</source>
        <comment>recovered</comment>
        <translation>Recovered</translation>
    </message>
    <message>
        <source>복사</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>본인에게는 이관할 수 없습니다.</source>
        <comment>receiver_is_me</comment>
        <translation>You cannot transfer to yourself.</translation>
    </message>
    <message>
        <source>본인의 부재 통화입니다. 통화하거나 부재 처리하십시오.</source>
        <translation>This missed call is your own. Call back or mark it as handled.</translation>
    </message>
    <message>
        <source>본인의 요청은 다른 관리자가 처리합니다.</source>
        <comment>approval_own</comment>
        <translation>Another supervisor answers your own request.</translation>
    </message>
    <message>
        <source>본인의 이관이 아닙니다.</source>
        <comment>transfer_not_yours</comment>
        <translation>This transfer is not yours.</translation>
    </message>
    <message>
        <source>부재</source>
        <translation>No answer</translation>
    </message>
    <message>
        <source>부재</source>
        <comment>missed</comment>
        <translation>Missed</translation>
    </message>
    <message>
        <source>부재 고객</source>
        <translation>Missed callers</translation>
    </message>
    <message>
        <source>부재 처리</source>
        <translation>Mark as handled</translation>
    </message>
    <message>
        <source>부재 통화</source>
        <comment>missed</comment>
        <translation>Missed call</translation>
    </message>
    <message>
        <source>부재 통화 {count}회</source>
        <translation>Missed calls: {count}</translation>
    </message>
    <message>
        <source>부재 통화 반려</source>
        <translation>Return missed call</translation>
    </message>
    <message>
        <source>부재 통화가 배정되었습니다: {who}</source>
        <translation>A missed call is offered to you: {who}</translation>
    </message>
    <message>
        <source>부재 통화가 아닙니다.</source>
        <translation>This is no missed call.</translation>
    </message>
    <message>
        <source>부재 통화를 맡았습니다. 진행 중에 있습니다.</source>
        <translation>You took the missed call. It is under In progress.</translation>
    </message>
    <message>
        <source>부재 통화를 처리한 것으로 표시했습니다.</source>
        <translation>The missed call has been marked as handled.</translation>
    </message>
    <message>
        <source>부재 통화를 팀에 되돌렸습니다.</source>
        <translation>The missed call went back to the team.</translation>
    </message>
    <message>
        <source>분류주소를 찾지 못한 주소입니다.</source>
        <comment>refine_no_short_address</comment>
        <translation>No sorting address was found for this address.</translation>
    </message>
    <message>
        <source>분류코드 {code}</source>
        <translation>Sorting code {code}</translation>
    </message>
    <message>
        <source>불량</source>
        <comment>faulty</comment>
        <translation>Faulty</translation>
    </message>
    <message>
        <source>불러오기</source>
        <translation>Load</translation>
    </message>
    <message>
        <source>불러오지 않은 것은 임시저장(복구)에 넣습니다.</source>
        <translation>What you do not load goes into Drafts (Recovered).</translation>
    </message>
    <message>
        <source>불러오지 않은 고객 정보는 다음 로그인 때 다시 묻습니다.</source>
        <translation>Customers you do not load are asked for again at the next login.</translation>
    </message>
    <message>
        <source>불만</source>
        <comment>complaint</comment>
        <translation>Complaint</translation>
    </message>
    <message>
        <source>불만(일)</source>
        <translation>Complaint (days)</translation>
    </message>
    <message>
        <source>비고</source>
        <translation>Remarks</translation>
    </message>
    <message>
        <source>비고</source>
        <comment>claim_note</comment>
        <translation>Remarks</translation>
    </message>
    <message>
        <source>비고: {note}</source>
        <translation>Remarks: {note}</translation>
    </message>
    <message>
        <source>비교</source>
        <translation>Compare</translation>
    </message>
    <message>
        <source>비교</source>
        <comment>compared</comment>
        <translation>Compared</translation>
    </message>
    <message>
        <source>비밀번호</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>비밀번호</source>
        <comment>password</comment>
        <translation>Password</translation>
    </message>
    <message>
        <source>비밀번호 재설정</source>
        <translation>Reset the password</translation>
    </message>
    <message>
        <source>비밀번호 확인</source>
        <translation>Password again</translation>
    </message>
    <message>
        <source>비밀번호가 바뀌었습니다. 다시 로그인하십시오. 쓰던 내용은 이 PC에 보관했습니다.</source>
        <comment>session_refused</comment>
        <translation>The password was changed. Log in again. What you were writing is kept on this PC.</translation>
    </message>
    <message>
        <source>비밀번호는 두 종류 이상의 글자로 10자 이상, 또는 세 종류 이상으로 8자 이상이고 아이디가 들어가지 않아야 합니다.</source>
        <comment>password_weak</comment>
        <translation>A password needs 10 characters of two kinds, or 8 of three, and may not contain the login.</translation>
    </message>
    <message>
        <source>비밀번호를 {times}번 틀렸습니다. {minutes}분 뒤 다시 로그인하십시오.</source>
        <comment>login_locked</comment>
        <translation>The password was wrong {times} times. Log in again in {minutes} minutes.</translation>
    </message>
    <message>
        <source>비밀번호를 바꿨습니다.</source>
        <translation>The password was changed.</translation>
    </message>
    <message>
        <source>비밀번호를 쓰지 않는 연결입니다: {link} ({vendor})</source>
        <comment>secret_not_wanted</comment>
        <translation>This link has no password: {link} ({vendor})</translation>
    </message>
    <message>
        <source>비밀번호를 안전하게 바꾸어 보내지 못했습니다.</source>
        <comment>verifier_refused</comment>
        <translation>The password could not be made safe to send.</translation>
    </message>
    <message>
        <source>비밀번호를 입력하십시오.</source>
        <translation>Type the password.</translation>
    </message>
    <message>
        <source>비용부담</source>
        <translation>At cost of</translation>
    </message>
    <message>
        <source>비용부담</source>
        <comment>claim_fee_payer</comment>
        <translation>At cost of</translation>
    </message>
    <message>
        <source>비우기</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>빈 태그는 넣을 수 없습니다.</source>
        <comment>tag_empty</comment>
        <translation>A tag cannot be empty.</translation>
    </message>
    <message>
        <source>사용</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>사용 중인 아이디의 접속은 끊지 않습니다.</source>
        <comment>login_not_disabled</comment>
        <translation>The login is in use; its sessions are not cut off.</translation>
    </message>
    <message>
        <source>사용여부</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>사용이 중지된 아이디입니다. 먼저 다시 사용하게 하십시오.</source>
        <comment>login_disabled</comment>
        <translation>That login is disabled. Enable it first.</translation>
    </message>
    <message>
        <source>사용이 중지된 팀입니다.</source>
        <comment>team_closed</comment>
        <translation>That team is closed.</translation>
    </message>
    <message>
        <source>사용중지</source>
        <translation>Disable</translation>
    </message>
    <message>
        <source>사용중지</source>
        <comment>disabled</comment>
        <translation>Disabled</translation>
    </message>
    <message>
        <source>사용함</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>사유</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>사유</source>
        <comment>claim_reason</comment>
        <translation>Reason</translation>
    </message>
    <message>
        <source>사유</source>
        <comment>reason</comment>
        <translation>Reason</translation>
    </message>
    <message>
        <source>사유 메모</source>
        <comment>claim_reason_note</comment>
        <translation>Reason note</translation>
    </message>
    <message>
        <source>사유: {reason}</source>
        <translation>Reason: {reason}</translation>
    </message>
    <message>
        <source>사유를 고르십시오.</source>
        <comment>needs_claim_reason</comment>
        <translation>Choose a reason.</translation>
    </message>
    <message>
        <source>사유를 두 글자 이상 입력하십시오.</source>
        <comment>export_needs_reason</comment>
        <translation>Type a reason of at least two letters.</translation>
    </message>
    <message>
        <source>사유를 입력하십시오.</source>
        <comment>needs_flagged_reason</comment>
        <translation>Type a reason.</translation>
    </message>
    <message>
        <source>사유를 입력하십시오.</source>
        <comment>needs_reason</comment>
        <translation>Type a reason.</translation>
    </message>
    <message>
        <source>사이즈·색상 변경</source>
        <comment>size_or_colour</comment>
        <translation>Size or colour</translation>
    </message>
    <message>
        <source>사이트결제</source>
        <comment>on_site</comment>
        <translation>On the site</translation>
    </message>
    <message>
        <source>사진</source>
        <translation>Photos</translation>
    </message>
    <message>
        <source>사진</source>
        <comment>claim_photos</comment>
        <translation>Photos</translation>
    </message>
    <message>
        <source>사진 (*.jpg *.jpeg *.png *.webp)</source>
        <translation>Photos (*.jpg *.jpeg *.png *.webp)</translation>
    </message>
    <message>
        <source>사진 보기</source>
        <translation>Show photos</translation>
    </message>
    <message>
        <source>사진 추가</source>
        <translation>Add photos</translation>
    </message>
    <message>
        <source>사진은 {limit}장까지 넣을 수 있습니다.</source>
        <comment>too_many_photos</comment>
        <translation>At most {limit} photos can be added.</translation>
    </message>
    <message>
        <source>사진을 읽을 수 없습니다. ({name})</source>
        <comment>photo_unreadable</comment>
        <translation>The photo cannot be read. ({name})</translation>
    </message>
    <message>
        <source>사진이 너무 큽니다. {limit} MB까지 넣을 수 있습니다.</source>
        <comment>photo_too_large</comment>
        <translation>The photo is too big: at most {limit} MB.</translation>
    </message>
    <message>
        <source>사진이 없습니다.</source>
        <translation>No photos.</translation>
    </message>
    <message>
        <source>삭제</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>삭제한 임시저장을 되살렸습니다.</source>
        <translation>The deleted draft is back.</translation>
    </message>
    <message>
        <source>상담</source>
        <comment>desk</comment>
        <translation>Desk</translation>
    </message>
    <message>
        <source>상담</source>
        <comment>tickets</comment>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>상담 중인 작업이 끝나지 않아 스키마를 올리지 못했습니다. 한가할 때 다시 하십시오.</source>
        <comment>migration_waits</comment>
        <translation>The schema was not upgraded, for work at the desks did not end. Try again at a quiet time.</translation>
    </message>
    <message>
        <source>상담 통계</source>
        <translation>Statistics of tickets</translation>
    </message>
    <message>
        <source>상담 통계</source>
        <comment>tickets</comment>
        <translation>Statistics of tickets</translation>
    </message>
    <message>
        <source>상담 통계 비교</source>
        <translation>Statistics of tickets, compared</translation>
    </message>
    <message>
        <source>상담 통계 비교</source>
        <comment>tickets</comment>
        <translation>Statistics of tickets, compared</translation>
    </message>
    <message>
        <source>상담과 물류가 함께 봅니다.</source>
        <translation>Desk and warehouse both read it.</translation>
    </message>
    <message>
        <source>상담상태</source>
        <translation>State</translation>
    </message>
    <message>
        <source>상담상태</source>
        <comment>agent_state</comment>
        <translation>State</translation>
    </message>
    <message>
        <source>상담상태 강제 변경</source>
        <comment>force_state</comment>
        <translation>Forced state</translation>
    </message>
    <message>
        <source>상담상태 경과</source>
        <translation>In this state for</translation>
    </message>
    <message>
        <source>상담상태를 바꾸는 중입니다. 잠시 뒤 다시 고르십시오.</source>
        <translation>Changing the state. Choose again in a moment.</translation>
    </message>
    <message>
        <source>상담예약</source>
        <comment>consultation</comment>
        <translation>Appointment</translation>
    </message>
    <message>
        <source>상담원</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>상담원</source>
        <comment>agent</comment>
        <translation>Agent</translation>
    </message>
    <message>
        <source>상담원 다시 사용</source>
        <translation>Enable an agent</translation>
    </message>
    <message>
        <source>상담원 목록</source>
        <translation>Agents</translation>
    </message>
    <message>
        <source>상담원 사용중지</source>
        <translation>Disable an agent</translation>
    </message>
    <message>
        <source>상담원 현황</source>
        <translation>Agents now</translation>
    </message>
    <message>
        <source>상담원별 완료</source>
        <translation>Completed by agent</translation>
    </message>
    <message>
        <source>상담원을 만들었습니다.</source>
        <translation>The agent was created.</translation>
    </message>
    <message>
        <source>상담원을 저장했습니다.</source>
        <translation>The agent was saved.</translation>
    </message>
    <message>
        <source>상대 값</source>
        <translation>Theirs</translation>
    </message>
    <message>
        <source>상세주소</source>
        <translation>Address detail</translation>
    </message>
    <message>
        <source>상용구</source>
        <translation>Phrases</translation>
    </message>
    <message>
        <source>상용구 ‘{title}’에서 채우지 못한 곳이 있습니다: {places}</source>
        <translation>Left open in the phrase ‘{title}’: {places}</translation>
    </message>
    <message>
        <source>상용구 목록</source>
        <translation>List of phrases</translation>
    </message>
    <message>
        <source>상용구를 만들었습니다.</source>
        <translation>The template was created.</translation>
    </message>
    <message>
        <source>상용구를 저장했습니다.</source>
        <translation>The template was saved.</translation>
    </message>
    <message>
        <source>상용구의 내용을 입력하십시오.</source>
        <comment>needs_template_body</comment>
        <translation>Enter the text of the template.</translation>
    </message>
    <message>
        <source>상용구의 순서를 바꾸었습니다.</source>
        <translation>The order of the templates was changed.</translation>
    </message>
    <message>
        <source>상용구의 제목을 입력하십시오.</source>
        <comment>needs_template_title</comment>
        <translation>Enter the title of the template.</translation>
    </message>
    <message>
        <source>상위 {count}개</source>
        <translation>Top {count}</translation>
    </message>
    <message>
        <source>상태</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>상태</source>
        <comment>state</comment>
        <translation>Status</translation>
    </message>
    <message>
        <source>상태</source>
        <comment>status</comment>
        <translation>Status</translation>
    </message>
    <message>
        <source>상태 변경</source>
        <translation>Change state</translation>
    </message>
    <message>
        <source>상태시간</source>
        <translation>In state</translation>
    </message>
    <message>
        <source>상품</source>
        <translation>Product</translation>
    </message>
    <message>
        <source>상품</source>
        <comment>product</comment>
        <translation>Product</translation>
    </message>
    <message>
        <source>상품 불량</source>
        <comment>faulty</comment>
        <translation>Faulty</translation>
    </message>
    <message>
        <source>상품 선택</source>
        <translation>Choose product</translation>
    </message>
    <message>
        <source>상품 파손</source>
        <comment>damaged</comment>
        <translation>Damaged</translation>
    </message>
    <message>
        <source>상품 품절</source>
        <comment>sold_out</comment>
        <translation>Sold out</translation>
    </message>
    <message>
        <source>상품 행</source>
        <translation>Product rows</translation>
    </message>
    <message>
        <source>상품관련접수내역</source>
        <translation>Product tickets</translation>
    </message>
    <message>
        <source>상품명</source>
        <translation>Product name</translation>
    </message>
    <message>
        <source>상품번호</source>
        <translation>Item no.</translation>
    </message>
    <message>
        <source>상품번호 지우기</source>
        <translation>Clear item no.</translation>
    </message>
    <message>
        <source>상품번호를 지웠습니다.</source>
        <translation>The item no. has been cleared.</translation>
    </message>
    <message>
        <source>상품사고</source>
        <comment>goods_accident</comment>
        <translation>Accident to goods</translation>
    </message>
    <message>
        <source>상품정보</source>
        <translation>Product</translation>
    </message>
    <message>
        <source>상품정보 상이</source>
        <comment>not_as_described</comment>
        <translation>Not as described</translation>
    </message>
    <message>
        <source>상품준비</source>
        <comment>preparing</comment>
        <translation>Preparing</translation>
    </message>
    <message>
        <source>새 값</source>
        <translation>New value</translation>
    </message>
    <message>
        <source>새 고객</source>
        <translation>New customer</translation>
    </message>
    <message>
        <source>새 접수</source>
        <translation>New ticket</translation>
    </message>
    <message>
        <source>새 주소</source>
        <translation>New address</translation>
    </message>
    <message>
        <source>새 항목</source>
        <translation>New</translation>
    </message>
    <message>
        <source>새로</source>
        <translation>Created</translation>
    </message>
    <message>
        <source>새로 쓰는 내용이 있어 되돌리지 않았습니다.</source>
        <translation>Not undone, for something new is being written.</translation>
    </message>
    <message>
        <source>새화면</source>
        <translation>New form</translation>
    </message>
    <message>
        <source>새화면에 고객을 불러왔습니다.</source>
        <translation>The customer has been loaded into a new form.</translation>
    </message>
    <message>
        <source>새화면을 열었습니다.</source>
        <translation>A new form has been opened.</translation>
    </message>
    <message>
        <source>서버</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>서버가 이 PC에서 오는 접속을 받지 않습니다. 관리자에게 문의하십시오 (서버의 pg_hba.conf).</source>
        <comment>address_refused</comment>
        <translation>The server takes no connections from this PC. Ask the administrator (pg_hba.conf of the server).</translation>
    </message>
    <message>
        <source>서버에 한글을 아는 문자 종류(LC_CTYPE)가 없습니다. C.UTF-8을 설치하십시오.</source>
        <comment>server_no_hangul</comment>
        <translation>The server has no character type (LC_CTYPE) that knows Hangul. Install C.UTF-8.</translation>
    </message>
    <message>
        <source>서버의 인증서를 확인하지 못했습니다: {reason}</source>
        <comment>server_tls_failed</comment>
        <translation>The certificate of the server could not be checked: {reason}</translation>
    </message>
    <message>
        <source>선택</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>선택 (Enter)</source>
        <translation>Choose (Enter)</translation>
    </message>
    <message>
        <source>선택됨</source>
        <translation>Chosen</translation>
    </message>
    <message>
        <source>선택한 주문이 없습니다.</source>
        <translation>No order chosen.</translation>
    </message>
    <message>
        <source>설정 값에는 줄바꿈이나 제어 문자를 쓸 수 없습니다: {key} ({file})</source>
        <comment>settings_line_end</comment>
        <translation>A setting may not contain line breaks or control characters: {key} ({file})</translation>
    </message>
    <message>
        <source>설정 값이 맞지 않습니다: {key} ({file}, {reason})</source>
        <comment>settings_bad_value</comment>
        <translation>A setting has a wrong value: {key} ({file}, {reason})</translation>
    </message>
    <message>
        <source>설정 파일을 읽을 수 없습니다: {file} ({reason})</source>
        <comment>settings_unreadable</comment>
        <translation>The settings file cannot be read: {file} ({reason})</translation>
    </message>
    <message>
        <source>설정 파일의 형식이 맞지 않습니다: {file} ({reason})</source>
        <comment>settings_not_toml</comment>
        <translation>The settings file is no TOML: {file} ({reason})</translation>
    </message>
    <message>
        <source>설정 파일이 UTF-8이 아닙니다: {file}</source>
        <comment>settings_not_utf8</comment>
        <translation>The settings file is not in UTF-8: {file}</translation>
    </message>
    <message>
        <source>설정에 없는 연결입니다: {link}</source>
        <comment>link_unknown</comment>
        <translation>The settings know no such link: {link}</translation>
    </message>
    <message>
        <source>설정에 없는 주문 출처입니다: {name}</source>
        <comment>erp_source_unknown</comment>
        <translation>The settings know no such source of orders: {name}</translation>
    </message>
    <message>
        <source>설정에 없는 택배사입니다. [couriers.{courier}]를 채우십시오.</source>
        <comment>courier_not_set</comment>
        <translation>The settings know no such courier. Fill in [couriers.{courier}].</translation>
    </message>
    <message>
        <source>설정을 저장했습니다.</source>
        <translation>The settings were saved.</translation>
    </message>
    <message>
        <source>성공</source>
        <translation>Reached</translation>
    </message>
    <message>
        <source>성공</source>
        <comment>succeeded</comment>
        <translation>Succeeded</translation>
    </message>
    <message>
        <source>성명</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>성명을 입력하십시오.</source>
        <comment>needs_place_name</comment>
        <translation>Type the name.</translation>
    </message>
    <message>
        <source>세부유형</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>세부유형 목록</source>
        <translation>Categories</translation>
    </message>
    <message>
        <source>세부유형을 만들었습니다.</source>
        <translation>The category was created.</translation>
    </message>
    <message>
        <source>세부유형을 저장했습니다.</source>
        <translation>The category was saved.</translation>
    </message>
    <message>
        <source>세부유형의 순서를 바꾸었습니다.</source>
        <translation>The order of the categories was changed.</translation>
    </message>
    <message>
        <source>세부유형의 이름을 입력하십시오.</source>
        <comment>needs_category_name</comment>
        <translation>Enter the name of the category.</translation>
    </message>
    <message>
        <source>세부유형이 접수유형에 속하지 않습니다.</source>
        <comment>category_of_other_type</comment>
        <translation>The category is not one of this ticket type.</translation>
    </message>
    <message>
        <source>세션번호와 답변일시 칸이 없어 ARS 이력이 아닙니다.</source>
        <comment>ars_columns</comment>
        <translation>There is no column of session numbers and times: this is no ARS history.</translation>
    </message>
    <message>
        <source>소요</source>
        <translation>Took</translation>
    </message>
    <message>
        <source>송장 등록</source>
        <translation>Tracking no. entered</translation>
    </message>
    <message>
        <source>송장번호</source>
        <translation>Tracking no.</translation>
    </message>
    <message>
        <source>송장번호</source>
        <comment>tracking_no</comment>
        <translation>Tracking no.</translation>
    </message>
    <message>
        <source>송장번호</source>
        <comment>waybill</comment>
        <translation>Tracking no.</translation>
    </message>
    <message>
        <source>송장번호, 보낸 사람, 전화번호 중 하나를 입력하십시오.</source>
        <comment>needs_return_details</comment>
        <translation>Type the tracking no., the sender or the phone number.</translation>
    </message>
    <message>
        <source>송장번호로 볼 수 없는 값입니다.</source>
        <comment>result_no_waybill</comment>
        <translation>This is no tracking no.</translation>
    </message>
    <message>
        <source>송장번호를 스캔하거나 입력하십시오.</source>
        <translation>Scan or type a tracking no.</translation>
    </message>
    <message>
        <source>송장번호의 검증 숫자가 맞지 않습니다.</source>
        <comment>waybill_check_digit</comment>
        <translation>The check digit of the tracking no. is wrong.</translation>
    </message>
    <message>
        <source>수</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>수</source>
        <comment>wed</comment>
        <translation>Wed</translation>
    </message>
    <message>
        <source>수거실패</source>
        <comment>failed</comment>
        <translation>Failed</translation>
    </message>
    <message>
        <source>수거실패</source>
        <comment>pickup_failed</comment>
        <translation>Pickup failed</translation>
    </message>
    <message>
        <source>수거에 실패한 회수 요청만 다시 요청할 수 있습니다.</source>
        <comment>pickup_not_failed</comment>
        <translation>Only a failed pickup can be requested again.</translation>
    </message>
    <message>
        <source>수거완료</source>
        <comment>collected</comment>
        <translation>Collected</translation>
    </message>
    <message>
        <source>수거완료</source>
        <comment>pickup_collected</comment>
        <translation>Pickup collected</translation>
    </message>
    <message>
        <source>수거희망일</source>
        <translation>Pickup on</translation>
    </message>
    <message>
        <source>수거희망일 {day}</source>
        <translation>Pickup on {day}</translation>
    </message>
    <message>
        <source>수거희망일은 오늘이나 그 뒤여야 합니다.</source>
        <comment>wished_on_in_past</comment>
        <translation>The pickup day has to be today or later.</translation>
    </message>
    <message>
        <source>수동</source>
        <comment>manual</comment>
        <translation>Manual</translation>
    </message>
    <message>
        <source>수락</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>수락</source>
        <comment>accepted</comment>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>수락되지 않은 이관 {late}건, 되풀이된 이관 {again}건: {number} {path}</source>
        <translation>Transfers not accepted: {late}, going round: {again}: {number} {path}</translation>
    </message>
    <message>
        <source>수락되지 않은 이관 {late}건: {number} {path}</source>
        <translation>Transfers not accepted: {late}: {number} {path}</translation>
    </message>
    <message>
        <source>수량</source>
        <translation>Qty</translation>
    </message>
    <message>
        <source>수량을 1 이상으로 입력하십시오.</source>
        <comment>needs_quantity</comment>
        <translation>Type a quantity of 1 or more.</translation>
    </message>
    <message>
        <source>수신</source>
        <comment>in</comment>
        <translation>In</translation>
    </message>
    <message>
        <source>수신 중</source>
        <comment>ringing</comment>
        <translation>Ringing</translation>
    </message>
    <message>
        <source>수신 통화</source>
        <comment>in</comment>
        <translation>Incoming call</translation>
    </message>
    <message>
        <source>수신고객</source>
        <translation>Caller</translation>
    </message>
    <message>
        <source>수신번호</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>수신번호 추가</source>
        <translation>Add caller’s number</translation>
    </message>
    <message>
        <source>수신일시</source>
        <translation>Rang at</translation>
    </message>
    <message>
        <source>수정 중</source>
        <translation>Being edited</translation>
    </message>
    <message>
        <source>수정일시</source>
        <translation>Changed at</translation>
    </message>
    <message>
        <source>수정자</source>
        <translation>Changed by</translation>
    </message>
    <message>
        <source>수취거부</source>
        <comment>refused_by_receiver</comment>
        <translation>Refused by receiver</translation>
    </message>
    <message>
        <source>수취인</source>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>수취인</source>
        <comment>recipient</comment>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>수취인</source>
        <comment>recipient_only</comment>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>수취인 (미등록)</source>
        <comment>unregistered_recipient</comment>
        <translation>Recipient (not registered)</translation>
    </message>
    <message>
        <source>수취인 연락처</source>
        <translation>Recipient tel.</translation>
    </message>
    <message>
        <source>수취인명</source>
        <translation>Recipient</translation>
    </message>
    <message>
        <source>순서</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>숨김</source>
        <translation>Hide</translation>
    </message>
    <message>
        <source>숨김 ({key})</source>
        <translation>Hide ({key})</translation>
    </message>
    <message>
        <source>숫자 칸이어서 자릿수가 사라졌습니다</source>
        <comment>digits_lost</comment>
        <translation>a number cell: digits were lost</translation>
    </message>
    <message>
        <source>숫자가 아닌 송장번호입니다.</source>
        <comment>waybill_not_digits</comment>
        <translation>The tracking no. is not all digits.</translation>
    </message>
    <message>
        <source>숫자가 아닙니다</source>
        <comment>not_a_number</comment>
        <translation>not a number</translation>
    </message>
    <message>
        <source>숫자로 입력하십시오.</source>
        <comment>needs_number</comment>
        <translation>Enter a number.</translation>
    </message>
    <message>
        <source>숫자로 입력하십시오.</source>
        <comment>no_amount</comment>
        <translation>Type a number.</translation>
    </message>
    <message>
        <source>스프레드시트가 날짜로 바꾸었습니다</source>
        <comment>became_a_date</comment>
        <translation>a spreadsheet made a date of it</translation>
    </message>
    <message>
        <source>승인</source>
        <translation>Approvals</translation>
    </message>
    <message>
        <source>승인</source>
        <comment>approved</comment>
        <translation>Approved</translation>
    </message>
    <message>
        <source>승인 대기 {count}건: {what} · {who}</source>
        <translation>{count} to approve: {what} · {who}</translation>
    </message>
    <message>
        <source>승인 반려</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>승인 요청</source>
        <translation>Ask for approval</translation>
    </message>
    <message>
        <source>승인 요청이 만료되었습니다: {what}</source>
        <translation>The request has expired: {what}</translation>
    </message>
    <message>
        <source>승인, CS접수정보 등록</source>
        <translation>Approvals, Ticket form</translation>
    </message>
    <message>
        <source>승인과 반려는 관리자만 할 수 있습니다.</source>
        <comment>only_supervisor_answers</comment>
        <translation>Only supervisors approve and refuse.</translation>
    </message>
    <message>
        <source>승인되었습니다: {what} · {by}</source>
        <translation>Approved: {what} · {by}</translation>
    </message>
    <message>
        <source>승인번호</source>
        <comment>approval</comment>
        <translation>Approval</translation>
    </message>
    <message>
        <source>승인요청 취소</source>
        <translation>Withdraw the request</translation>
    </message>
    <message>
        <source>승인을 기다리는 요청이 없습니다.</source>
        <translation>No request is pending.</translation>
    </message>
    <message>
        <source>승인이 필요한 금액이 아닙니다.</source>
        <comment>approval_not_needed</comment>
        <translation>That amount needs no approval.</translation>
    </message>
    <message>
        <source>승인했습니다: {what}</source>
        <translation>Approved: {what}</translation>
    </message>
    <message>
        <source>시각</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>시간 외</source>
        <translation>Off hours</translation>
    </message>
    <message>
        <source>시도</source>
        <translation>Tries</translation>
    </message>
    <message>
        <source>시스템 관리자</source>
        <comment>admin</comment>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>시스템 관리자가 이미 있습니다. 그 관리자로 ets agents add를 쓰십시오.</source>
        <comment>admin_exists</comment>
        <translation>There is an administrator already. As that one, use ets agents add.</translation>
    </message>
    <message>
        <source>시스템 관리자가 한 명은 있어야 합니다. 다른 관리자를 먼저 정하십시오.</source>
        <comment>last_admin</comment>
        <translation>There has to be one administrator. Appoint another first.</translation>
    </message>
    <message>
        <source>시스템관리</source>
        <translation>System</translation>
    </message>
    <message>
        <source>시연 데이터를 채우는 중… (처음 한 번)</source>
        <translation>Filling in the demo shop… (only once)</translation>
    </message>
    <message>
        <source>시작과 끝을 09:00-18:00처럼 입력하십시오. 비우면 휴무입니다.</source>
        <comment>needs_clock</comment>
        <translation>Enter beginning and end such as 09:00-18:00. Empty means closed.</translation>
    </message>
    <message>
        <source>시작일</source>
        <translation>From</translation>
    </message>
    <message>
        <source>시작일</source>
        <comment>date_from</comment>
        <translation>From</translation>
    </message>
    <message>
        <source>시작일과 종료일을 모두 넣으십시오.</source>
        <translation>Enter both the first and the last day.</translation>
    </message>
    <message>
        <source>시작일시</source>
        <translation>Began at</translation>
    </message>
    <message>
        <source>식사</source>
        <comment>meal</comment>
        <translation>Meal</translation>
    </message>
    <message>
        <source>신규</source>
        <translation>New</translation>
    </message>
    <message>
        <source>신규고객</source>
        <translation>New customer</translation>
    </message>
    <message>
        <source>신규고객 {name}</source>
        <translation>New customer {name}</translation>
    </message>
    <message>
        <source>신청기한</source>
        <translation>Claim by</translation>
    </message>
    <message>
        <source>실버</source>
        <comment>silver</comment>
        <translation>Silver</translation>
    </message>
    <message>
        <source>실적관리</source>
        <translation>Performance</translation>
    </message>
    <message>
        <source>실패</source>
        <comment>failed</comment>
        <translation>Failed</translation>
    </message>
    <message>
        <source>실패사유</source>
        <translation>Why it failed</translation>
    </message>
    <message>
        <source>실패한 지시를 골라 다시 보냅니다. (Space)</source>
        <translation>Sends the chosen failed instructions again. (Space)</translation>
    </message>
    <message>
        <source>실패한 지시만 다시 보냅니다.</source>
        <translation>Only failed instructions are sent again.</translation>
    </message>
    <message>
        <source>실행 취소</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>쓰는 내용을 이 PC에 보관하지 못합니다. 저장을 서두르십시오.</source>
        <comment>journal_unwritable</comment>
        <translation>What you type cannot be kept on this PC. Save soon.</translation>
    </message>
    <message>
        <source>쓰던 내용을 다시 이 PC에 보관합니다.</source>
        <translation>What you type is kept on this PC again.</translation>
    </message>
    <message>
        <source>쓰지 않는 상용구는 상담 화면에 나오지 않습니다. (Space)</source>
        <translation>Templates out of use do not come up on the form. (Space)</translation>
    </message>
    <message>
        <source>아니요</source>
        <translation>No</translation>
    </message>
    <message>
        <source>아니요</source>
        <comment>False</comment>
        <translation>No</translation>
    </message>
    <message>
        <source>아래로</source>
        <translation>Down</translation>
    </message>
    <message>
        <source>아이디</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>아이디</source>
        <comment>login</comment>
        <translation>Login</translation>
    </message>
    <message>
        <source>아이디 또는 비밀번호가 맞지 않습니다.</source>
        <comment>login_refused</comment>
        <translation>The login or the password is wrong.</translation>
    </message>
    <message>
        <source>아이디는 영문 소문자로 시작하고 영문 소문자, 숫자, 점, -, _만 씁니다(63자까지).</source>
        <comment>login_name_refused</comment>
        <translation>A login begins with a lower-case letter and has lower-case letters, digits, ., - and _ only (at most 63).</translation>
    </message>
    <message>
        <source>아이디를 입력하십시오.</source>
        <translation>Type the login.</translation>
    </message>
    <message>
        <source>아직 발송하지 않았습니다.</source>
        <translation>Not shipped yet.</translation>
    </message>
    <message>
        <source>아직 처리 중인 접수입니다.</source>
        <comment>ticket_open</comment>
        <translation>The ticket is still open.</translation>
    </message>
    <message>
        <source>아직 출고되지 않은 상품입니다. 취소접수로 처리하십시오.</source>
        <comment>not_shipped_yet</comment>
        <translation>The product has not been shipped yet. Make it a cancellation.</translation>
    </message>
    <message>
        <source>안내</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>안내 문구</source>
        <translation>Sentence to read</translation>
    </message>
    <message>
        <source>안심번호</source>
        <comment>safe</comment>
        <translation>Safe number</translation>
    </message>
    <message>
        <source>안전하지 않은 XML이 들어 있어 열지 않았습니다.</source>
        <comment>xml_entities</comment>
        <translation>The file holds unsafe XML and was not opened.</translation>
    </message>
    <message>
        <source>알림</source>
        <translation>Notice</translation>
    </message>
    <message>
        <source>알림 닫기</source>
        <translation>Close notice</translation>
    </message>
    <message>
        <source>알림 열기</source>
        <translation>Open notice</translation>
    </message>
    <message>
        <source>알림 통화</source>
        <translation>Call from notice</translation>
    </message>
    <message>
        <source>암호가 필요한 파일입니다.</source>
        <comment>password_needed</comment>
        <translation>The file needs a password.</translation>
    </message>
    <message>
        <source>앞 콜백의 결과를 먼저 고르십시오.</source>
        <translation>First choose the outcome of the callback before.</translation>
    </message>
    <message>
        <source>앞서 건 전화가 아직 울리고 있습니다. 잠시 뒤 다시 거십시오.</source>
        <comment>centrex_dialling</comment>
        <translation>The call dialled before still rings. Dial again in a moment.</translation>
    </message>
    <message>
        <source>앞서 건 전화가 아직 울리고 있습니다. 잠시 뒤 다시 거십시오.</source>
        <comment>ippbx_dialling</comment>
        <translation>The call dialled before still rings. Dial again in a moment.</translation>
    </message>
    <message>
        <source>약함</source>
        <translation>Weak</translation>
    </message>
    <message>
        <source>양품</source>
        <comment>good</comment>
        <translation>Good</translation>
    </message>
    <message>
        <source>어디서나</source>
        <translation>Everywhere</translation>
    </message>
    <message>
        <source>어제</source>
        <translation>Yesterday</translation>
    </message>
    <message>
        <source>어제</source>
        <comment>yesterday</comment>
        <translation>Yesterday</translation>
    </message>
    <message>
        <source>어제 통화</source>
        <comment>called_yesterday</comment>
        <translation>Called yesterday</translation>
    </message>
    <message>
        <source>언어</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>업무 기준</source>
        <translation>Rules of work</translation>
    </message>
    <message>
        <source>업무 시간({opens}–{closes})이 아닙니다.</source>
        <translation>Outside business hours ({opens}–{closes}).</translation>
    </message>
    <message>
        <source>업무가 배정되었습니다: {number} {who} {title}</source>
        <translation>A task is offered to you: {number} {who} {title}</translation>
    </message>
    <message>
        <source>업체미출고</source>
        <comment>not_handed_over</comment>
        <translation>Not handed over</translation>
    </message>
    <message>
        <source>없는 고객입니다.</source>
        <comment>no_such_customer</comment>
        <translation>There is no such customer.</translation>
    </message>
    <message>
        <source>없는 미확인 반품입니다.</source>
        <comment>no_such_return</comment>
        <translation>There is no such unknown return.</translation>
    </message>
    <message>
        <source>없는 병합입니다.</source>
        <comment>no_such_merge</comment>
        <translation>There is no such merge.</translation>
    </message>
    <message>
        <source>없는 상품입니다.</source>
        <comment>no_such_product</comment>
        <translation>There is no such product.</translation>
    </message>
    <message>
        <source>없는 승인 요청입니다.</source>
        <comment>no_such_approval</comment>
        <translation>There is no such request.</translation>
    </message>
    <message>
        <source>없는 아이디입니다.</source>
        <comment>agent_unknown</comment>
        <translation>There is no such login.</translation>
    </message>
    <message>
        <source>없는 역할입니다.</source>
        <comment>role_unknown</comment>
        <translation>There is no such role.</translation>
    </message>
    <message>
        <source>없는 이관입니다.</source>
        <comment>no_such_transfer</comment>
        <translation>There is no such transfer.</translation>
    </message>
    <message>
        <source>없는 임시저장입니다.</source>
        <comment>no_such_draft</comment>
        <translation>There is no such draft.</translation>
    </message>
    <message>
        <source>없는 접수입니다.</source>
        <comment>no_such_ticket</comment>
        <translation>There is no such ticket.</translation>
    </message>
    <message>
        <source>없는 주문입니다.</source>
        <comment>no_such_order</comment>
        <translation>There is no such order.</translation>
    </message>
    <message>
        <source>없는 콜백입니다.</source>
        <comment>no_such_callback</comment>
        <translation>There is no such callback.</translation>
    </message>
    <message>
        <source>없는 클레임입니다.</source>
        <comment>no_such_claim</comment>
        <translation>There is no such claim.</translation>
    </message>
    <message>
        <source>없는 통화입니다.</source>
        <comment>no_such_call</comment>
        <translation>There is no such call.</translation>
    </message>
    <message>
        <source>없는 팀입니다.</source>
        <comment>team_unknown</comment>
        <translation>There is no such team.</translation>
    </message>
    <message>
        <source>없는 폴더입니다.</source>
        <comment>export_no_folder</comment>
        <translation>There is no such folder.</translation>
    </message>
    <message>
        <source>없는 회수 요청입니다.</source>
        <comment>no_such_pickup</comment>
        <translation>There is no such pickup.</translation>
    </message>
    <message>
        <source>없음</source>
        <translation>None</translation>
    </message>
    <message>
        <source>엑셀 저장</source>
        <translation>Save as Excel</translation>
    </message>
    <message>
        <source>엑셀 저장</source>
        <comment>export</comment>
        <translation>Save as Excel</translation>
    </message>
    <message>
        <source>엑셀 접수 양식이 없는 택배사입니다: {courier}</source>
        <comment>courier_no_sheet</comment>
        <translation>This courier takes no Excel sheet: {courier}</translation>
    </message>
    <message>
        <source>엑셀 통합 문서 (*.xlsx)</source>
        <translation>Excel workbook (*.xlsx)</translation>
    </message>
    <message>
        <source>엑셀로 저장할 목록을 먼저 고르십시오.</source>
        <translation>First choose the list to save.</translation>
    </message>
    <message>
        <source>엑셀로 저장할 행이 없습니다.</source>
        <translation>There are no rows to save.</translation>
    </message>
    <message>
        <source>엑셀로 접수하는 택배사입니다: {courier}</source>
        <comment>courier_not_online</comment>
        <translation>This courier takes Excel sheets: {courier}</translation>
    </message>
    <message>
        <source>역할</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>역할</source>
        <comment>role</comment>
        <translation>Role</translation>
    </message>
    <message>
        <source>연결</source>
        <translation>Match</translation>
    </message>
    <message>
        <source>연결 끊김</source>
        <translation>cut off</translation>
    </message>
    <message>
        <source>연결 불가</source>
        <comment>not_reachable</comment>
        <translation>Not reachable</translation>
    </message>
    <message>
        <source>연결되어 있습니다.</source>
        <translation>The link is up.</translation>
    </message>
    <message>
        <source>연결된 고객이 없습니다. 주문자 {who|을} 신규 고객으로 등록하시겠습니까?</source>
        <translation>The order has no customer. Register its orderer {who} as a new customer?</translation>
    </message>
    <message>
        <source>연결이 끊겼습니다.</source>
        <translation>The connection is broken.</translation>
    </message>
    <message>
        <source>연결이 끊긴 동안 로그아웃되었습니다. 상담상태를 다시 고르십시오.</source>
        <translation>You were logged out while cut off. Choose your state again.</translation>
    </message>
    <message>
        <source>연결하는 중…</source>
        <translation>Connecting…</translation>
    </message>
    <message>
        <source>연도</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>연락처</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>연락처 없음</source>
        <comment>no_phone</comment>
        <translation>No phone</translation>
    </message>
    <message>
        <source>열</source>
        <translation>Column</translation>
    </message>
    <message>
        <source>열</source>
        <comment>columns</comment>
        <translation>Columns</translation>
    </message>
    <message>
        <source>열 설정</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>열기</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>열린 접수</source>
        <comment>open_ticket</comment>
        <translation>open tickets</translation>
    </message>
    <message>
        <source>영업시간 금</source>
        <translation>Business hours Fri</translation>
    </message>
    <message>
        <source>영업시간 목</source>
        <translation>Business hours Thu</translation>
    </message>
    <message>
        <source>영업시간 수</source>
        <translation>Business hours Wed</translation>
    </message>
    <message>
        <source>영업시간 월</source>
        <translation>Business hours Mon</translation>
    </message>
    <message>
        <source>영업시간 일</source>
        <translation>Business hours Sun</translation>
    </message>
    <message>
        <source>영업시간 토</source>
        <translation>Business hours Sat</translation>
    </message>
    <message>
        <source>영업시간 화</source>
        <translation>Business hours Tue</translation>
    </message>
    <message>
        <source>영업일이 아닙니다.</source>
        <translation>No business day.</translation>
    </message>
    <message>
        <source>영업하는 요일이 하나는 있어야 합니다.</source>
        <comment>needs_business_day</comment>
        <translation>At least one day of the week must be open.</translation>
    </message>
    <message>
        <source>옆 창으로</source>
        <translation>To the window beside</translation>
    </message>
    <message>
        <source>옆에 열린 창이 없습니다.</source>
        <translation>No window is open beside.</translation>
    </message>
    <message>
        <source>예</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>예</source>
        <comment>True</comment>
        <translation>Yes</translation>
    </message>
    <message>
        <source>예금주</source>
        <translation>Account holder</translation>
    </message>
    <message>
        <source>예상하지 못한 오류가 생겼습니다. 입력한 내용은 화면에 그대로 있습니다.
계속되면 임시저장한 뒤 프로그램을 다시 시작하고, 보고서를 관리자에게 전하십시오.</source>
        <translation>An unexpected error has occurred. What you typed is still on the screen.
If it happens again, keep a draft, restart the program and give the report to your administrator.</translation>
    </message>
    <message>
        <source>예약번호 {number}</source>
        <translation>Booking no. {number}</translation>
    </message>
    <message>
        <source>오늘</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>오늘</source>
        <comment>today</comment>
        <translation>Today</translation>
    </message>
    <message>
        <source>오늘 {clock}</source>
        <translation>Today {clock}</translation>
    </message>
    <message>
        <source>오늘 완료</source>
        <comment>completed</comment>
        <translation>Completed today</translation>
    </message>
    <message>
        <source>오늘 완료 {count}</source>
        <translation>Completed today {count}</translation>
    </message>
    <message>
        <source>오늘 접수</source>
        <comment>received</comment>
        <translation>Received today</translation>
    </message>
    <message>
        <source>오늘 통화</source>
        <comment>called_today</comment>
        <translation>Called today</translation>
    </message>
    <message>
        <source>오늘 통화</source>
        <comment>received</comment>
        <translation>Calls today</translation>
    </message>
    <message>
        <source>오늘 통화 {count}</source>
        <translation>Calls today {count}</translation>
    </message>
    <message>
        <source>오늘 통화가 없습니다.</source>
        <translation>No calls today.</translation>
    </message>
    <message>
        <source>오래 기다림</source>
        <translation>Waiting long</translation>
    </message>
    <message>
        <source>오래 입력이 없어 로그아웃했습니다. 쓰던 내용은 이 PC에 보관했습니다.</source>
        <comment>session_idle</comment>
        <translation>You were logged out after a long time without input. What you were writing is kept on this PC.</translation>
    </message>
    <message>
        <source>오류 있음</source>
        <translation>With errors</translation>
    </message>
    <message>
        <source>오류 행</source>
        <translation>Rows at fault</translation>
    </message>
    <message>
        <source>오류 행 목록</source>
        <translation>Rows at fault</translation>
    </message>
    <message>
        <source>오류 행 저장</source>
        <translation>Save the rows at fault</translation>
    </message>
    <message>
        <source>오류 행을 사유를 적고 엑셀로 저장합니다. (Space)</source>
        <translation>Saves the rows at fault as a workbook, with a reason. (Space)</translation>
    </message>
    <message>
        <source>오류 행이 없습니다.</source>
        <translation>No rows at fault.</translation>
    </message>
    <message>
        <source>오른쪽 탭으로</source>
        <translation>Tabs to the right</translation>
    </message>
    <message>
        <source>오반품</source>
        <comment>wrong_item</comment>
        <translation>Wrong item</translation>
    </message>
    <message>
        <source>오배송</source>
        <comment>wrong_item</comment>
        <translation>Wrong item sent</translation>
    </message>
    <message>
        <source>올해</source>
        <translation>This year</translation>
    </message>
    <message>
        <source>옵션</source>
        <translation>Option</translation>
    </message>
    <message>
        <source>완납</source>
        <translation>paid in full</translation>
    </message>
    <message>
        <source>완납</source>
        <comment>true</comment>
        <translation>Yes</translation>
    </message>
    <message>
        <source>완납여부</source>
        <translation>Paid in full</translation>
    </message>
    <message>
        <source>완료</source>
        <translation>Completed</translation>
    </message>
    <message>
        <source>완료</source>
        <comment>completed</comment>
        <translation>Completed</translation>
    </message>
    <message>
        <source>완료</source>
        <comment>done</comment>
        <translation>Done</translation>
    </message>
    <message>
        <source>완료 담당자</source>
        <translation>Completed by</translation>
    </message>
    <message>
        <source>완료·폐기된 접수 {number}의 통화입니다. 관리자만 고객을 바꿉니다.</source>
        <comment>call_of_closed_ticket</comment>
        <translation>The call belongs to the closed ticket {number}. Only a supervisor changes its customer.</translation>
    </message>
    <message>
        <source>완료되었거나 폐기된 접수는 고칠 수 없습니다.</source>
        <comment>ticket_closed</comment>
        <translation>A completed or discarded ticket cannot be changed.</translation>
    </message>
    <message>
        <source>완료예정일</source>
        <translation>Due on</translation>
    </message>
    <message>
        <source>완료예정일은 오늘이나 그 뒤여야 합니다.</source>
        <comment>due_on_in_past</comment>
        <translation>The due day has to be today or later.</translation>
    </message>
    <message>
        <source>완료일시</source>
        <translation>Completed at</translation>
    </message>
    <message>
        <source>완료처리</source>
        <translation>Complete</translation>
    </message>
    <message>
        <source>완료처리했습니다.</source>
        <translation>Completed.</translation>
    </message>
    <message>
        <source>왜 바꾸는지. 변경 이력에 남습니다.</source>
        <translation>Why it is changed; kept with the changes.</translation>
    </message>
    <message>
        <source>왜 저장하는지 적습니다. 접속기록에 남습니다.</source>
        <translation>Why you save it; it goes into the access log.</translation>
    </message>
    <message>
        <source>외 {count}개</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>외 {count}건</source>
        <translation>{count} more</translation>
    </message>
    <message>
        <source>왼쪽 탭으로</source>
        <translation>Tabs to the left</translation>
    </message>
    <message>
        <source>요일</source>
        <translation>Weekday</translation>
    </message>
    <message>
        <source>요청</source>
        <comment>requested</comment>
        <translation>Requested</translation>
    </message>
    <message>
        <source>요청 반려</source>
        <translation>Refuse the request</translation>
    </message>
    <message>
        <source>요청 승인</source>
        <translation>Approve the request</translation>
    </message>
    <message>
        <source>요청 접수 열기</source>
        <translation>Open the ticket of the request</translation>
    </message>
    <message>
        <source>요청 취소</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>요청사유</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>요청을 취소했습니다: {what}</source>
        <translation>Withdrawn: {what}</translation>
    </message>
    <message>
        <source>요청일시</source>
        <translation>Requested at</translation>
    </message>
    <message>
        <source>요청자</source>
        <translation>Asked by</translation>
    </message>
    <message>
        <source>요청한 승인이 없습니다.</source>
        <translation>You asked for no approvals.</translation>
    </message>
    <message>
        <source>우리 팀</source>
        <translation>My team</translation>
    </message>
    <message>
        <source>우리가 보낸 고객주문번호가 아닙니다.</source>
        <comment>result_foreign_key</comment>
        <translation>The customer order no. is none we sent.</translation>
    </message>
    <message>
        <source>우선순위</source>
        <translation>Priority</translation>
    </message>
    <message>
        <source>우체국택배</source>
        <comment>epost</comment>
        <translation>Korea Post</translation>
    </message>
    <message>
        <source>우편번호</source>
        <translation>Postcode</translation>
    </message>
    <message>
        <source>우편번호가 아닙니다</source>
        <comment>not_a_postcode</comment>
        <translation>not a postcode</translation>
    </message>
    <message>
        <source>운송장번호가 없습니다.</source>
        <comment>result_without_waybill</comment>
        <translation>The tracking no. is missing.</translation>
    </message>
    <message>
        <source>운영체제의 키 저장소</source>
        <translation>The operating system's key store</translation>
    </message>
    <message>
        <source>울리는 통화</source>
        <comment>ringing</comment>
        <translation>Ringing</translation>
    </message>
    <message>
        <source>울림→표시 p50</source>
        <translation>Ring→shown p50</translation>
    </message>
    <message>
        <source>울림→표시 p95</source>
        <translation>Ring→shown p95</translation>
    </message>
    <message>
        <source>원송장·회수송장</source>
        <translation>Original or return</translation>
    </message>
    <message>
        <source>원송장번호</source>
        <translation>Original tracking</translation>
    </message>
    <message>
        <source>월</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>월</source>
        <comment>mon</comment>
        <translation>Mon</translation>
    </message>
    <message>
        <source>월</source>
        <comment>month</comment>
        <translation>Month</translation>
    </message>
    <message>
        <source>월보드</source>
        <translation>Wallboard</translation>
    </message>
    <message>
        <source>월화수목금토일</source>
        <translation>MTWTFSS</translation>
    </message>
    <message>
        <source>위로</source>
        <translation>Up</translation>
    </message>
    <message>
        <source>위치</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>윈도우(&amp;W)</source>
        <translation>&amp;Window</translation>
    </message>
    <message>
        <source>유형</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>유형</source>
        <comment>types</comment>
        <translation>Type</translation>
    </message>
    <message>
        <source>음수입니다</source>
        <comment>negative</comment>
        <translation>negative</translation>
    </message>
    <message>
        <source>응답</source>
        <translation>Answered</translation>
    </message>
    <message>
        <source>응답</source>
        <comment>answered</comment>
        <translation>Answered</translation>
    </message>
    <message>
        <source>응답 {count}</source>
        <translation>Answered {count}</translation>
    </message>
    <message>
        <source>응답 없음</source>
        <comment>no_answer</comment>
        <translation>No answer</translation>
    </message>
    <message>
        <source>응답까지</source>
        <translation>To answer</translation>
    </message>
    <message>
        <source>응답률</source>
        <translation>Answer rate</translation>
    </message>
    <message>
        <source>응답시간</source>
        <translation>Time to answer</translation>
    </message>
    <message>
        <source>응답시간 90%</source>
        <comment>answer_p90</comment>
        <translation>Time to answer 90%</translation>
    </message>
    <message>
        <source>응답시간 중앙값</source>
        <comment>answer_median</comment>
        <translation>Time to answer, median</translation>
    </message>
    <message>
        <source>이 PBX 연결로는 전화를 걸 수 없습니다: {link}</source>
        <comment>cannot_dial</comment>
        <translation>This PBX link cannot dial: {link}</translation>
    </message>
    <message>
        <source>이 PC (내장 데이터베이스)</source>
        <translation>This PC (embedded database)</translation>
    </message>
    <message>
        <source>이 PC의 디스크가 가득 차 쓰는 내용을 보관하지 못합니다. 자리를 비우십시오.</source>
        <comment>journal_full</comment>
        <translation>The disk of this PC is full, so what you type cannot be kept. Make room.</translation>
    </message>
    <message>
        <source>이 고객의 다른 접수가 없습니다.</source>
        <translation>This customer has no other tickets.</translation>
    </message>
    <message>
        <source>이 기준에는 없는 지표입니다.</source>
        <translation>There is no such measure by this.</translation>
    </message>
    <message>
        <source>이 내선의 통화가 아닙니다.</source>
        <translation>This call is not one of this extension.</translation>
    </message>
    <message>
        <source>이 단계에서는 할 수 없는 처리입니다.</source>
        <comment>claim_moved_on</comment>
        <translation>This cannot be done at this step.</translation>
    </message>
    <message>
        <source>이 번호로 주문</source>
        <comment>ordered_with_number</comment>
        <translation>Ordered with this number</translation>
    </message>
    <message>
        <source>이 상품에 {what} {count}건:</source>
        <translation>This product, {what}: {count}</translation>
    </message>
    <message>
        <source>이 송장번호의 클레임이 없습니다. 미확인 반품으로 등록하십시오.</source>
        <comment>no_claim_for_waybill</comment>
        <translation>No claim has this tracking no. Register an unknown return.</translation>
    </message>
    <message>
        <source>이 아이디의 담당자가 등록되어 있지 않습니다.</source>
        <comment>no_agent_for_login</comment>
        <translation>No agent is registered for this login.</translation>
    </message>
    <message>
        <source>이 아이디의 역할로 쓸 수 있는 화면이 아직 없습니다. 관리자에게 문의하십시오.</source>
        <comment>no_screens_for_role</comment>
        <translation>There are no screens for the role of this login yet. Ask an administrator.</translation>
    </message>
    <message>
        <source>이 연결로는 할 수 없는 일입니다: {link} ({vendor})</source>
        <comment>link_cannot</comment>
        <translation>This link cannot do that: {link} ({vendor})</translation>
    </message>
    <message>
        <source>이 작업을 할 권한이 없습니다.</source>
        <comment>not_allowed</comment>
        <translation>You are not allowed to do this.</translation>
    </message>
    <message>
        <source>이 주문에 {what} {count}건:</source>
        <translation>This order, {what}: {count}</translation>
    </message>
    <message>
        <source>이 주문은 {name}의 주문입니다. 고객을 바꾸시겠습니까?</source>
        <translation>This order is {name}’s. Change the customer?</translation>
    </message>
    <message>
        <source>이 주문의 상품이 아닙니다.</source>
        <comment>line_of_other_order</comment>
        <translation>The product is not one of this order.</translation>
    </message>
    <message>
        <source>이 주문의 접수가 없습니다.</source>
        <translation>No tickets about this order.</translation>
    </message>
    <message>
        <source>이 클레임에 없는 상품입니다.</source>
        <comment>line_not_claimed</comment>
        <translation>The product is not one of this claim.</translation>
    </message>
    <message>
        <source>이 클레임에서는 고를 수 없는 처분입니다.</source>
        <comment>decision_not_for_type</comment>
        <translation>This decision cannot be chosen for this claim.</translation>
    </message>
    <message>
        <source>이 키로는 열 수 없는 환불계좌입니다.</source>
        <comment>refund_account_sealed</comment>
        <translation>This key does not open the refund account.</translation>
    </message>
    <message>
        <source>이 택배사가 하지 않는 일입니다: {courier}</source>
        <comment>courier_cannot</comment>
        <translation>This courier does not do that: {courier}</translation>
    </message>
    <message>
        <source>이 택배사는 취소를 전화로 받습니다. 택배사에 직접 알리십시오.</source>
        <comment>courier_cannot_cancel</comment>
        <translation>This courier takes cancellations by phone. Call the courier.</translation>
    </message>
    <message>
        <source>이 택배사의 송장번호 자릿수가 아닙니다.</source>
        <comment>waybill_length</comment>
        <translation>This courier’s tracking nos. have another length.</translation>
    </message>
    <message>
        <source>이 통화</source>
        <translation>this call</translation>
    </message>
    <message>
        <source>이 통화에는 접수가 없습니다.</source>
        <translation>This call has no ticket.</translation>
    </message>
    <message>
        <source>이 폴더에 쓸 권한이 없습니다. 다른 폴더를 고르십시오.</source>
        <comment>export_not_permitted</comment>
        <translation>You may not write to this folder. Choose another.</translation>
    </message>
    <message>
        <source>이관</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>이관</source>
        <comment>sent</comment>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>이관</source>
        <comment>transfer</comment>
        <translation>Transfers</translation>
    </message>
    <message>
        <source>이관</source>
        <comment>transferred</comment>
        <translation>Transferred</translation>
    </message>
    <message>
        <source>이관 균등배분</source>
        <translation>Spread transfers evenly</translation>
    </message>
    <message>
        <source>이관 대기</source>
        <translation>Transfers waiting</translation>
    </message>
    <message>
        <source>이관 대기</source>
        <comment>waiting</comment>
        <translation>Transfers waiting</translation>
    </message>
    <message>
        <source>이관 대기 현황</source>
        <translation>Transfers waiting</translation>
    </message>
    <message>
        <source>이관 대기와 팀원이 없는 팀만 중지합니다. (Space)</source>
        <translation>Only a team without waiting transfers and members is closed. (Space)</translation>
    </message>
    <message>
        <source>이관 메모</source>
        <translation>Note on transfers</translation>
    </message>
    <message>
        <source>이관 반려</source>
        <translation>Return transfer</translation>
    </message>
    <message>
        <source>이관 반려</source>
        <comment>returned</comment>
        <translation>Transfer returned</translation>
    </message>
    <message>
        <source>이관 수락</source>
        <comment>accepted</comment>
        <translation>Transfer accepted</translation>
    </message>
    <message>
        <source>이관 수락 기한(분)</source>
        <translation>Transfers: accept within (min)</translation>
    </message>
    <message>
        <source>이관 우선순위</source>
        <translation>Priority of transfers</translation>
    </message>
    <message>
        <source>이관 재배정</source>
        <translation>Reassign transfers</translation>
    </message>
    <message>
        <source>이관 지연</source>
        <comment>late</comment>
        <translation>Transfers late</translation>
    </message>
    <message>
        <source>이관 큐</source>
        <translation>Transfer queue</translation>
    </message>
    <message>
        <source>이관 회수</source>
        <translation>Take back transfers</translation>
    </message>
    <message>
        <source>이관 회수</source>
        <comment>recalled</comment>
        <translation>Transfer recalled</translation>
    </message>
    <message>
        <source>이관: {state}</source>
        <translation>Transfer: {state}</translation>
    </message>
    <message>
        <source>이관과 대기열을 기다리는 시간, 승인이 필요한 환불, 요일별 영업시간입니다.</source>
        <translation>How long transfers and the queue may wait, which refunds need an approval, and the business hours of each weekday.</translation>
    </message>
    <message>
        <source>이관과 콜백은 그 단추를 눌러야 저장됩니다.</source>
        <translation>A transfer and a callback are saved by their own buttons only.</translation>
    </message>
    <message>
        <source>이관담당자</source>
        <translation>Transfer to</translation>
    </message>
    <message>
        <source>이관담당자를 고르십시오.</source>
        <comment>needs_receiver</comment>
        <translation>Choose whom to transfer to.</translation>
    </message>
    <message>
        <source>이관담당자를 목록에서 고르십시오.</source>
        <comment>receiver_unclear</comment>
        <translation>Choose whom to transfer to from the list.</translation>
    </message>
    <message>
        <source>이관된 접수가 없습니다.</source>
        <translation>No transferred tickets.</translation>
    </message>
    <message>
        <source>이관사유</source>
        <translation>Transfer reason</translation>
    </message>
    <message>
        <source>이관상태</source>
        <translation>Transfer state</translation>
    </message>
    <message>
        <source>이관을 반려했습니다.</source>
        <translation>The transfer has been returned.</translation>
    </message>
    <message>
        <source>이관을 수락했습니다.</source>
        <translation>The transfer has been accepted.</translation>
    </message>
    <message>
        <source>이관을 회수했습니다.</source>
        <translation>The transfer has been recalled.</translation>
    </message>
    <message>
        <source>이관이 {hop}번째 되풀이됩니다: {number} {path}</source>
        <translation>A transfer goes round, no. {hop}: {number} {path}</translation>
    </message>
    <message>
        <source>이관이 수락되지 않았습니다: {number} {path}</source>
        <translation>A transfer is not accepted: {number} {path}</translation>
    </message>
    <message>
        <source>이관이나 부재 고객이 남은 팀입니다. 먼저 처리하거나 옮기십시오.</source>
        <comment>team_has_work</comment>
        <translation>The team has transfers or missed callers left. Deal with them or move them first.</translation>
    </message>
    <message>
        <source>이관이력</source>
        <translation>Transfer chain</translation>
    </message>
    <message>
        <source>이관이력 보기</source>
        <translation>Show the transfer chain</translation>
    </message>
    <message>
        <source>이관일시</source>
        <translation>Transferred at</translation>
    </message>
    <message>
        <source>이관처리</source>
        <translation>Transfer</translation>
    </message>
    <message>
        <source>이관처리했습니다: {name}</source>
        <translation>Transferred to {name}.</translation>
    </message>
    <message>
        <source>이동전화</source>
        <translation>Mobile</translation>
    </message>
    <message>
        <source>이동중</source>
        <comment>in_transit</comment>
        <translation>In transit</translation>
    </message>
    <message>
        <source>이름</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>이름</source>
        <comment>name</comment>
        <translation>Name</translation>
    </message>
    <message>
        <source>이름 또는 아이디</source>
        <translation>Name or login</translation>
    </message>
    <message>
        <source>이름·전화번호·고객번호</source>
        <translation>Name, phone or customer no.</translation>
    </message>
    <message>
        <source>이름·초성(ㄱㅈㅁ), 고객번호</source>
        <translation>Name or initials (ㄱㅈㅁ), customer no.</translation>
    </message>
    <message>
        <source>이름·초성, 전화번호</source>
        <translation>Name or initials, phone</translation>
    </message>
    <message>
        <source>이름이 필요합니다({limit}자까지).</source>
        <comment>needs_agent_name</comment>
        <translation>A name is needed (at most {limit} characters).</translation>
    </message>
    <message>
        <source>이메일</source>
        <comment>email</comment>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>이미 거는 중이거나 그 번호와 통화 중입니다.</source>
        <comment>already_dialling</comment>
        <translation>This number is being dialled or talked to already.</translation>
    </message>
    <message>
        <source>이미 끝난 클레임입니다.</source>
        <comment>claim_closed</comment>
        <translation>The claim is closed already.</translation>
    </message>
    <message>
        <source>이미 다른 고객에게 병합된 고객입니다.</source>
        <comment>customer_merged</comment>
        <translation>The customer has been merged into another already.</translation>
    </message>
    <message>
        <source>이미 다른 송장번호로 수거된 회수 요청입니다.</source>
        <comment>pickup_has_waybill</comment>
        <translation>The pickup has another tracking no. already.</translation>
    </message>
    <message>
        <source>이미 데이터가 있어 연습 데이터를 넣지 않았습니다.</source>
        <comment>demo_exists</comment>
        <translation>There are data already; no demo was filled in.</translation>
    </message>
    <message>
        <source>이미 등록된 송장번호입니다.</source>
        <comment>return_known</comment>
        <translation>This tracking no. is registered already.</translation>
    </message>
    <message>
        <source>이미 수거되었거나 끝난 회수 요청입니다.</source>
        <comment>pickup_moved_on</comment>
        <translation>The pickup has been collected or is over.</translation>
    </message>
    <message>
        <source>이미 없는 임시저장입니다.</source>
        <translation>The draft is gone already.</translation>
    </message>
    <message>
        <source>이미 있는 데이터베이스여서 복원하지 않았습니다. 새 이름을 주십시오: {database}</source>
        <comment>backup_target_exists</comment>
        <translation>Nothing was restored, for the database exists already. Give a new name: {database}</translation>
    </message>
    <message>
        <source>이미 있는 아이디입니다.</source>
        <comment>login_taken</comment>
        <translation>The login exists already.</translation>
    </message>
    <message>
        <source>이미 있는 태그입니다.</source>
        <translation>The tag is there already.</translation>
    </message>
    <message>
        <source>이미 있는 태그입니다.</source>
        <comment>tag_repeated</comment>
        <translation>The tag is there already.</translation>
    </message>
    <message>
        <source>이미 있는 팀의 이름입니다.</source>
        <comment>team_taken</comment>
        <translation>There is a team of that name already.</translation>
    </message>
    <message>
        <source>이미 있는 파일입니다. 다른 이름을 쓰십시오.</source>
        <comment>export_file_exists</comment>
        <translation>The file exists already. Use another name.</translation>
    </message>
    <message>
        <source>이미 있는 폴더입니다. 새 이름을 쓰십시오: {folder}</source>
        <comment>backup_folder_exists</comment>
        <translation>The folder exists already. Use a new name: {folder}</translation>
    </message>
    <message>
        <source>이미 재오픈을 요청한 접수입니다.</source>
        <translation>Its reopening has been asked for already.</translation>
    </message>
    <message>
        <source>이미 접수되어 있습니다. 접수번호 {ticket}, 클레임 {claim}</source>
        <translation>This has been made already. Ticket no. {ticket}, claim {claim}</translation>
    </message>
    <message>
        <source>이미 접수된 통화입니다: {number}</source>
        <translation>The call has a ticket already: {number}</translation>
    </message>
    <message>
        <source>이미 지워진 항목입니다.</source>
        <comment>record_gone</comment>
        <translation>It was deleted already.</translation>
    </message>
    <message>
        <source>이미 진행 중인 회수 요청이 있습니다.</source>
        <comment>pickup_under_way</comment>
        <translation>A pickup is under way already.</translation>
    </message>
    <message>
        <source>이미 처리 중인 클레임이 있는 상품입니다. ({claim})</source>
        <comment>line_under_claim</comment>
        <translation>The product is under an open claim already. ({claim})</translation>
    </message>
    <message>
        <source>이미 처리되었거나 취소된 요청입니다.</source>
        <comment>approval_answered</comment>
        <translation>The request was answered or withdrawn already.</translation>
    </message>
    <message>
        <source>이미 처리된 부재 통화입니다.</source>
        <translation>The missed call has been handled already.</translation>
    </message>
    <message>
        <source>이미 처리된 부재 통화입니다.</source>
        <comment>missed_call_done</comment>
        <translation>The missed call has been handled already.</translation>
    </message>
    <message>
        <source>이미 처리된 이관입니다.</source>
        <comment>transfer_settled</comment>
        <translation>The transfer has been settled already.</translation>
    </message>
    <message>
        <source>이미 처리된 콜백입니다.</source>
        <comment>callback_settled</comment>
        <translation>The callback has been settled already.</translation>
    </message>
    <message>
        <source>이미 처분한 상품입니다.</source>
        <comment>already_decided</comment>
        <translation>The product has been decided already.</translation>
    </message>
    <message>
        <source>이미 출고된 상품이라 취소할 수 없습니다. 반품으로 처리하십시오.</source>
        <comment>already_shipped</comment>
        <translation>The product has been shipped and cannot be cancelled. Make it a return.</translation>
    </message>
    <message>
        <source>이미 취소한 병합입니다.</source>
        <comment>merge_undone</comment>
        <translation>The merge has been undone already.</translation>
    </message>
    <message>
        <source>이미 클레임과 연결된 반품입니다.</source>
        <comment>return_matched</comment>
        <translation>The return has its claim already.</translation>
    </message>
    <message>
        <source>이미 표시한 날입니다. 목록에서 골라 고치십시오.</source>
        <comment>day_marked</comment>
        <translation>That day is marked already. Choose it in the list to change it.</translation>
    </message>
    <message>
        <source>이미 표시한 통화입니다.</source>
        <translation>The call is marked already.</translation>
    </message>
    <message>
        <source>이미 환불에서 뺀 배송비({deducted}원)보다 적게 바꿀 수 없습니다.</source>
        <comment>fee_deducted_already</comment>
        <translation>The postage cannot be less than what was taken off the refund already ({deducted} won).</translation>
    </message>
    <message>
        <source>이벤트내역</source>
        <translation>Events</translation>
    </message>
    <message>
        <source>이유</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>이유</source>
        <comment>why</comment>
        <translation>Why</translation>
    </message>
    <message>
        <source>이전</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>이전 값</source>
        <translation>Old value</translation>
    </message>
    <message>
        <source>이전 작업</source>
        <translation>Earlier work</translation>
    </message>
    <message>
        <source>이전 작업 {count}건을 읽을 수 없어 따로 두었습니다.</source>
        <comment>journal_unreadable</comment>
        <translation>Earlier work could not be read and was set aside: {count}</translation>
    </message>
    <message>
        <source>이전 작업 복구</source>
        <translation>Recover earlier work</translation>
    </message>
    <message>
        <source>이전 작업을 버렸습니다.</source>
        <translation>The earlier work has been discarded.</translation>
    </message>
    <message>
        <source>이전 작업을 불러왔습니다.</source>
        <translation>The earlier work has been loaded.</translation>
    </message>
    <message>
        <source>이전 작업을 접수정보 임시저장(복구)에 넣었습니다.</source>
        <translation>The earlier work has been kept in Drafts (Recovered).</translation>
    </message>
    <message>
        <source>이전 접수</source>
        <translation>Earlier ticket</translation>
    </message>
    <message>
        <source>이전 접수 {number} ({status})</source>
        <translation>Earlier ticket {number} ({status})</translation>
    </message>
    <message>
        <source>이전 탭</source>
        <translation>Previous tab</translation>
    </message>
    <message>
        <source>인수</source>
        <comment>take_over</comment>
        <translation>Taken over</translation>
    </message>
    <message>
        <source>인원</source>
        <translation>People</translation>
    </message>
    <message>
        <source>인터넷전화</source>
        <comment>voip</comment>
        <translation>Internet phone</translation>
    </message>
    <message>
        <source>일</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>일</source>
        <comment>sun</comment>
        <translation>Sun</translation>
    </message>
    <message>
        <source>일반</source>
        <comment>normal</comment>
        <translation>Normal</translation>
    </message>
    <message>
        <source>일반문의</source>
        <comment>general</comment>
        <translation>General</translation>
    </message>
    <message>
        <source>일반문의(일)</source>
        <translation>General question (days)</translation>
    </message>
    <message>
        <source>일반전화</source>
        <comment>landline</comment>
        <translation>Landline</translation>
    </message>
    <message>
        <source>일시</source>
        <translation>At</translation>
    </message>
    <message>
        <source>읽을 수 없는 글자가 있습니다</source>
        <comment>undecodable</comment>
        <translation>characters that cannot be read</translation>
    </message>
    <message>
        <source>임시저장</source>
        <translation>Save draft</translation>
    </message>
    <message>
        <source>임시저장은 본인만 볼 수 있어 넘기지 않고 그대로 둡니다.</source>
        <translation>Drafts are only their owner's to see: they stay.</translation>
    </message>
    <message>
        <source>임시저장을 삭제했습니다.</source>
        <translation>The draft has been deleted.</translation>
    </message>
    <message>
        <source>임시저장한 내용을 불러왔습니다.</source>
        <translation>The draft has been loaded.</translation>
    </message>
    <message>
        <source>임시저장한 내용을 읽을 수 없습니다.</source>
        <comment>draft_unreadable</comment>
        <translation>The draft cannot be read.</translation>
    </message>
    <message>
        <source>임시저장한 접수정보가 없습니다.</source>
        <translation>No drafts.</translation>
    </message>
    <message>
        <source>임시저장했습니다.</source>
        <translation>The draft has been saved.</translation>
    </message>
    <message>
        <source>입고</source>
        <comment>arrived</comment>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>입고</source>
        <comment>stock</comment>
        <translation>Take in</translation>
    </message>
    <message>
        <source>입고 {moment}</source>
        <translation>Arrived {moment}</translation>
    </message>
    <message>
        <source>입고 지시</source>
        <comment>stock_in</comment>
        <translation>Stock in</translation>
    </message>
    <message>
        <source>입고일시</source>
        <translation>Arrived at</translation>
    </message>
    <message>
        <source>입고확인</source>
        <translation>Confirm arrival</translation>
    </message>
    <message>
        <source>입력</source>
        <comment>typed</comment>
        <translation>Typed</translation>
    </message>
    <message>
        <source>입력 후 Tab 또는 Enter</source>
        <translation>Type, then Tab or Enter</translation>
    </message>
    <message>
        <source>입력이 없어 1분 뒤 로그아웃합니다. 쓰던 내용은 이 PC에 보관됩니다.</source>
        <translation>Without input you are logged out in 1 minute. What you are writing is kept on this PC.</translation>
    </message>
    <message>
        <source>입력한 내용을 저장하지 않았습니다.</source>
        <translation>What you typed has not been saved.</translation>
    </message>
    <message>
        <source>자료가 없습니다</source>
        <translation>No data</translation>
    </message>
    <message>
        <source>자리에 있는 담당자가 없습니다.</source>
        <translation>No agent is available.</translation>
    </message>
    <message>
        <source>자리에 있는 담당자에게 고르게</source>
        <translation>Evenly to those present</translation>
    </message>
    <message>
        <source>자택</source>
        <comment>home</comment>
        <translation>Home</translation>
    </message>
    <message>
        <source>작년</source>
        <translation>Last year</translation>
    </message>
    <message>
        <source>작년 같은 기간</source>
        <comment>year</comment>
        <translation>Same period last year</translation>
    </message>
    <message>
        <source>작업</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>작업</source>
        <comment>action</comment>
        <translation>Action</translation>
    </message>
    <message>
        <source>작업별</source>
        <translation>By action</translation>
    </message>
    <message>
        <source>재고부족</source>
        <comment>out_of_stock</comment>
        <translation>Out of stock</translation>
    </message>
    <message>
        <source>재발송</source>
        <translation>Reship</translation>
    </message>
    <message>
        <source>재발송</source>
        <comment>reship</comment>
        <translation>Reship</translation>
    </message>
    <message>
        <source>재배정</source>
        <translation>Reassign</translation>
    </message>
    <message>
        <source>재배정 {count}건</source>
        <translation>Reassign {count}</translation>
    </message>
    <message>
        <source>재배정, 회수, 우선순위, 메모는 관리자만 할 수 있습니다.</source>
        <comment>only_supervisor_moves</comment>
        <translation>Only a supervisor can reassign, take back, set the priority or add a note.</translation>
    </message>
    <message>
        <source>재오픈</source>
        <translation>Reopen</translation>
    </message>
    <message>
        <source>재오픈</source>
        <comment>reopen</comment>
        <translation>Reopening</translation>
    </message>
    <message>
        <source>재오픈</source>
        <comment>reopened</comment>
        <translation>Reopened</translation>
    </message>
    <message>
        <source>재오픈 요청</source>
        <translation>Ask to reopen</translation>
    </message>
    <message>
        <source>재오픈사유</source>
        <translation>Reason for reopening</translation>
    </message>
    <message>
        <source>재오픈사유</source>
        <comment>reopen</comment>
        <translation>Reason for reopening</translation>
    </message>
    <message>
        <source>재오픈은 관리자만 할 수 있습니다.</source>
        <comment>only_supervisor_reopens</comment>
        <translation>Only a supervisor can reopen a ticket.</translation>
    </message>
    <message>
        <source>재오픈했습니다.</source>
        <translation>Reopened.</translation>
    </message>
    <message>
        <source>재전송</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>잰 통화</source>
        <translation>Calls measured</translation>
    </message>
    <message>
        <source>저널의 열쇠</source>
        <translation>The journal's key</translation>
    </message>
    <message>
        <source>저장</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>저장 인원</source>
        <translation>People exported</translation>
    </message>
    <message>
        <source>저장 전</source>
        <translation>Not saved</translation>
    </message>
    <message>
        <source>저장일시</source>
        <translation>Saved at</translation>
    </message>
    <message>
        <source>저장하는 사이 다른 담당자가 이 접수를 바꾸었습니다. 항목마다 고르십시오.</source>
        <translation>Another agent changed this ticket while you were saving. Choose for each field.</translation>
    </message>
    <message>
        <source>저장하는 중입니다. 잠시 뒤 다시 하십시오.</source>
        <translation>Saving. Try again in a moment.</translation>
    </message>
    <message>
        <source>저장하면 지금 통화가 이 접수에 남습니다.</source>
        <translation>If you save, the current call is kept with this ticket.</translation>
    </message>
    <message>
        <source>저장하면: 상대 값 {theirs} / 내 값 {mine}</source>
        <translation>Saving keeps: theirs {theirs} / mine {mine}</translation>
    </message>
    <message>
        <source>저장하지 못한 내용이 있습니다.</source>
        <translation>Some work was not saved.</translation>
    </message>
    <message>
        <source>저장하지 않은 내용</source>
        <translation>Unsaved text</translation>
    </message>
    <message>
        <source>저장했습니다: {place}</source>
        <translation>Saved: {place}</translation>
    </message>
    <message>
        <source>적던 고객 정보는 다음 로그인 때 다시 묻습니다.</source>
        <translation>The customer you were writing is asked for again at the next login.</translation>
    </message>
    <message>
        <source>적던 고객 정보를 불러왔습니다.</source>
        <translation>The customer you were writing has been loaded.</translation>
    </message>
    <message>
        <source>적은 사유는 그대로 있습니다.</source>
        <translation>The reason you typed is still there.</translation>
    </message>
    <message>
        <source>전송대기</source>
        <translation>Waiting to be sent</translation>
    </message>
    <message>
        <source>전송대기</source>
        <comment>waiting</comment>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>전송대기 접수를 저장하지 못해 임시저장(복구)에 넣었습니다: {reason}</source>
        <translation>A ticket that waited could not be saved and was kept in Drafts (Recovered): {reason}</translation>
    </message>
    <message>
        <source>전송대기 접수를 저장했습니다. 접수번호 {number}</source>
        <translation>The ticket that waited has been saved. Ticket no. {number}</translation>
    </message>
    <message>
        <source>전송대기 중인 접수입니다. 전송된 뒤에 불러오십시오.</source>
        <translation>The ticket waits to be sent. Load it once it has been sent.</translation>
    </message>
    <message>
        <source>전송대기 중인 접수입니다. 전송된 뒤에 저장하십시오.</source>
        <translation>The ticket waits to be sent. Save once it has been sent.</translation>
    </message>
    <message>
        <source>전송번호</source>
        <translation>Delivery no.</translation>
    </message>
    <message>
        <source>전송상태</source>
        <translation>Sending</translation>
    </message>
    <message>
        <source>전송완료</source>
        <comment>sent</comment>
        <translation>Sent</translation>
    </message>
    <message>
        <source>전송일시</source>
        <translation>Sent at</translation>
    </message>
    <message>
        <source>전송함</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>전송함 목록</source>
        <translation>Outbox</translation>
    </message>
    <message>
        <source>전체</source>
        <translation>All</translation>
    </message>
    <message>
        <source>전체</source>
        <comment>all</comment>
        <translation>All</translation>
    </message>
    <message>
        <source>전체 또는 끝 4자리</source>
        <translation>Whole or last 4 digits</translation>
    </message>
    <message>
        <source>전체 통계</source>
        <translation>All statistics</translation>
    </message>
    <message>
        <source>전체 통계</source>
        <comment>all</comment>
        <translation>All statistics</translation>
    </message>
    <message>
        <source>전체 통계 비교</source>
        <translation>All statistics, compared</translation>
    </message>
    <message>
        <source>전체 통계 비교</source>
        <comment>all</comment>
        <translation>All statistics, compared</translation>
    </message>
    <message>
        <source>전체상담이력</source>
        <translation>Ticket search</translation>
    </message>
    <message>
        <source>전체상담이력 조회</source>
        <comment>search_tickets</comment>
        <translation>Ticket search</translation>
    </message>
    <message>
        <source>전화</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>전화</source>
        <comment>phone</comment>
        <translation>Phone</translation>
    </message>
    <message>
        <source>전화 걸기</source>
        <translation>Dial</translation>
    </message>
    <message>
        <source>전화 게이트웨이가 멈췄습니다.</source>
        <comment>link_stopped</comment>
        <translation>The telephone gateway has stopped.</translation>
    </message>
    <message>
        <source>전화 시스템</source>
        <translation>telephone system</translation>
    </message>
    <message>
        <source>전화 시스템과의 연결이 끊겼습니다. 다시 연결합니다.</source>
        <comment>link_broken</comment>
        <translation>The telephone system is cut off. Connecting again.</translation>
    </message>
    <message>
        <source>전화 시스템에 연결하는 중입니다.</source>
        <comment>link_connecting</comment>
        <translation>Connecting to the telephone system.</translation>
    </message>
    <message>
        <source>전화 시스템이 응답하지 않아 전화를 걸지 못했습니다.</source>
        <comment>dial_unanswered</comment>
        <translation>The telephone system did not answer; nothing was dialled.</translation>
    </message>
    <message>
        <source>전화 알림을 받을 포트를 쓸 수 없습니다. 설정을 확인하십시오.</source>
        <comment>centrex_callback_port</comment>
        <translation>The port for call notices cannot be used. Check the settings.</translation>
    </message>
    <message>
        <source>전화 연결이 없습니다.</source>
        <translation>There is no telephone link.</translation>
    </message>
    <message>
        <source>전화기가 클콜에 등록되어 있지 않아 울리지 않습니다.</source>
        <comment>ippbx_phone_away</comment>
        <translation>The telephone is not registered at Clcall, so it does not ring.</translation>
    </message>
    <message>
        <source>전화기가 통화 중이어서 {number}에 걸지 않았습니다.</source>
        <comment>agent busy</comment>
        <translation>Your phone was busy, so {number} was not dialled.</translation>
    </message>
    <message>
        <source>전화기를 다른 사람이 씁니다.</source>
        <translation>Somebody else uses the telephone.</translation>
    </message>
    <message>
        <source>전화기를 받지 않아 {number}에 걸지 않았습니다.</source>
        <comment>agent no_answer</comment>
        <translation>Your phone was not answered, so {number} was not dialled.</translation>
    </message>
    <message>
        <source>전화기에 연결할 수 없어 {number}에 걸지 않았습니다.</source>
        <comment>agent not_reachable</comment>
        <translation>Your phone could not be reached, so {number} was not dialled.</translation>
    </message>
    <message>
        <source>전화기에서 거절해 {number}에 걸지 않았습니다.</source>
        <comment>agent declined</comment>
        <translation>Your phone declined, so {number} was not dialled.</translation>
    </message>
    <message>
        <source>전화나 이동전화를 입력하십시오.</source>
        <comment>needs_place_phone</comment>
        <translation>Type a phone or mobile number.</translation>
    </message>
    <message>
        <source>전화를 거는 중입니다. 잠시 뒤 다시 하십시오.</source>
        <translation>Dialling. Try again in a moment.</translation>
    </message>
    <message>
        <source>전화를 걸 번호를 먼저 고르십시오.</source>
        <translation>First choose the number to dial.</translation>
    </message>
    <message>
        <source>전화번호</source>
        <translation>Phone number</translation>
    </message>
    <message>
        <source>전화번호</source>
        <comment>phone</comment>
        <translation>Phone number</translation>
    </message>
    <message>
        <source>전화번호 목록</source>
        <translation>Phone numbers</translation>
    </message>
    <message>
        <source>전화번호·주문번호·송장번호, 이름·초성(ㄱㅈㅁ), 상품</source>
        <translation>Phone, order or tracking no., name or initials (ㄱㅈㅁ), product</translation>
    </message>
    <message>
        <source>전화번호가 아닙니다</source>
        <comment>not_a_phone_number</comment>
        <translation>not a phone number</translation>
    </message>
    <message>
        <source>전화번호가 아닙니다.</source>
        <comment>no_phone_number</comment>
        <translation>This is no phone number.</translation>
    </message>
    <message>
        <source>전화번호가 아닙니다.</source>
        <comment>not_a_number</comment>
        <translation>This is no phone number.</translation>
    </message>
    <message>
        <source>전화번호가 없습니다.</source>
        <translation>There is no phone number.</translation>
    </message>
    <message>
        <source>전화번호로 읽을 수 없습니다. 끝 4자리도 됩니다.</source>
        <comment>search_phone_unreadable</comment>
        <translation>This cannot be read as a phone number. Its last 4 digits will do.</translation>
    </message>
    <message>
        <source>전화연결</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>점소 {branch}</source>
        <translation>Branch {branch}</translation>
    </message>
    <message>
        <source>접속 종료</source>
        <comment>sessions_ended</comment>
        <translation>Sessions ended</translation>
    </message>
    <message>
        <source>접속기록</source>
        <translation>Access log</translation>
    </message>
    <message>
        <source>접속기록</source>
        <comment>access</comment>
        <translation>Access log</translation>
    </message>
    <message>
        <source>접속기록 월간 보고</source>
        <comment>access_report</comment>
        <translation>Monthly access report</translation>
    </message>
    <message>
        <source>접속기록 조건 보기</source>
        <translation>Access log: reveal conditions</translation>
    </message>
    <message>
        <source>접속기록 조건 보기</source>
        <comment>reveal_access</comment>
        <translation>Reveal conditions</translation>
    </message>
    <message>
        <source>접속기록 조회</source>
        <comment>search_access</comment>
        <translation>Search access log</translation>
    </message>
    <message>
        <source>접속기록 탭을 엽니다.</source>
        <translation>Opens the tab Access log.</translation>
    </message>
    <message>
        <source>접속일수</source>
        <translation>Days</translation>
    </message>
    <message>
        <source>접속지</source>
        <translation>Where from</translation>
    </message>
    <message>
        <source>접속지 수</source>
        <translation>Places</translation>
    </message>
    <message>
        <source>접수</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>접수</source>
        <comment>accept_claim</comment>
        <translation>Accept</translation>
    </message>
    <message>
        <source>접수</source>
        <comment>accepted</comment>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>접수</source>
        <comment>button</comment>
        <translation>Take</translation>
    </message>
    <message>
        <source>접수</source>
        <comment>created</comment>
        <translation>Received</translation>
    </message>
    <message>
        <source>접수</source>
        <comment>received</comment>
        <translation>Received</translation>
    </message>
    <message>
        <source>접수</source>
        <comment>ticket</comment>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>접수 {numbers}도 함께 옮겼습니다.</source>
        <translation>Tickets moved along: {numbers}.</translation>
    </message>
    <message>
        <source>접수 {number|을} 불러왔습니다.</source>
        <translation>Ticket {number} has been loaded.</translation>
    </message>
    <message>
        <source>접수 {number|을} 수락했습니다. 진행 중에 있습니다.</source>
        <translation>Ticket {number} has been accepted. It is under In progress.</translation>
    </message>
    <message>
        <source>접수 {number}</source>
        <translation>Ticket {number}</translation>
    </message>
    <message>
        <source>접수 {number} {title}</source>
        <translation>Ticket {number} {title}</translation>
    </message>
    <message>
        <source>접수 {tickets}건, 콜백 {callbacks}건, 부재 고객 {callers}건을 넘겼습니다.</source>
        <translation>Handed over: {tickets} tickets, {callbacks} callbacks, {callers} missed callers.</translation>
    </message>
    <message>
        <source>접수 {tickets}건, 콜백 {callbacks}건, 부재 고객 {callers}건을 넘긴 뒤 중지합니다.</source>
        <translation>Disables once {tickets} tickets, {callbacks} callbacks and {callers} missed callers are handed over.</translation>
    </message>
    <message>
        <source>접수 {tickets}건, 통화 {calls}건, 주문 {orders}건, 전화번호 {phones}개, 주소 {addresses}개가 {kept} 고객에게 옮겨지고 {merged} 고객은 더 이상 검색되지 않습니다. 이벤트내역에서 병합을 취소할 수 있습니다.</source>
        <translation>{tickets} tickets, {calls} calls, {orders} orders, {phones} phone numbers and {addresses} addresses go to {kept}; {merged} is no longer found. Under Events the merge can be undone.</translation>
    </message>
    <message>
        <source>접수 건수</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>접수 관련 정보</source>
        <translation>Around the ticket</translation>
    </message>
    <message>
        <source>접수 버튼 바</source>
        <translation>Ticket buttons</translation>
    </message>
    <message>
        <source>접수 없음</source>
        <translation>no ticket</translation>
    </message>
    <message>
        <source>접수 열기</source>
        <translation>Open the ticket</translation>
    </message>
    <message>
        <source>접수 요약</source>
        <translation>Ticket in short</translation>
    </message>
    <message>
        <source>접수 제목</source>
        <translation>Ticket title</translation>
    </message>
    <message>
        <source>접수 중…</source>
        <translation>Making the claim…</translation>
    </message>
    <message>
        <source>접수 파일을 쓸 수 없습니다. 다시 씁니다.</source>
        <comment>courier_file</comment>
        <translation>The courier’s sheet cannot be written. Writing again.</translation>
    </message>
    <message>
        <source>접수가 없는 통화입니다.</source>
        <translation>This call has no ticket.</translation>
    </message>
    <message>
        <source>접수가 없는 통화입니다. 접수 단추로 새 접수를 시작하십시오.</source>
        <translation>This call has no ticket. Begin one with the button Take.</translation>
    </message>
    <message>
        <source>접수경로</source>
        <translation>Origin</translation>
    </message>
    <message>
        <source>접수내용</source>
        <translation>Content</translation>
    </message>
    <message>
        <source>접수내용 보기</source>
        <translation>Show content</translation>
    </message>
    <message>
        <source>접수내용을 입력하십시오.</source>
        <comment>needs_content</comment>
        <translation>Type the content.</translation>
    </message>
    <message>
        <source>접수담당자</source>
        <translation>Ticket’s agent</translation>
    </message>
    <message>
        <source>접수번호</source>
        <translation>Ticket no.</translation>
    </message>
    <message>
        <source>접수번호와 처음 접수한 기록은 바꿀 수 없습니다.</source>
        <comment>ticket_origin_fixed</comment>
        <translation>The ticket number and how it was first received cannot be changed.</translation>
    </message>
    <message>
        <source>접수비고</source>
        <translation>Claim remarks</translation>
    </message>
    <message>
        <source>접수유형</source>
        <translation>Ticket type</translation>
    </message>
    <message>
        <source>접수유형</source>
        <comment>ticket_type</comment>
        <translation>Ticket type</translation>
    </message>
    <message>
        <source>접수유형 목록</source>
        <translation>Ticket types</translation>
    </message>
    <message>
        <source>접수유형·세부유형</source>
        <translation>Ticket types and categories</translation>
    </message>
    <message>
        <source>접수유형마다 완료예정일을 접수한 날에서 며칠 뒤로 둘지 정합니다(영업일).</source>
        <translation>How many business days after its receipt a ticket of each type is due.</translation>
    </message>
    <message>
        <source>접수유형을 고르십시오.</source>
        <comment>needs_ticket_type</comment>
        <translation>Choose a ticket type.</translation>
    </message>
    <message>
        <source>접수일시</source>
        <translation>Received at</translation>
    </message>
    <message>
        <source>접수자 {name}</source>
        <translation>received by {name}</translation>
    </message>
    <message>
        <source>접수정보 임시저장</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>접수정보를 저장했습니다.</source>
        <translation>The ticket has been saved.</translation>
    </message>
    <message>
        <source>접수정보저장</source>
        <translation>Save ticket</translation>
    </message>
    <message>
        <source>접수했습니다: {title}, 접수번호 {ticket}, 클레임 {claim}</source>
        <translation>Made: {title}, ticket no. {ticket}, claim {claim}</translation>
    </message>
    <message>
        <source>접촉이력</source>
        <translation>Contacts</translation>
    </message>
    <message>
        <source>접촉이력 통화 고객 바꾸기</source>
        <translation>Contacts: change the call’s customer</translation>
    </message>
    <message>
        <source>정보오류</source>
        <comment>wrong_details</comment>
        <translation>Wrong details</translation>
    </message>
    <message>
        <source>정수가 아닙니다</source>
        <comment>not_whole</comment>
        <translation>not a whole number</translation>
    </message>
    <message>
        <source>정제 중…</source>
        <translation>Refining…</translation>
    </message>
    <message>
        <source>정제결과</source>
        <translation>Refined</translation>
    </message>
    <message>
        <source>제목</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>제목 행보다 칸이 많습니다</source>
        <comment>too_many_cells</comment>
        <translation>more cells than the heading</translation>
    </message>
    <message>
        <source>제목·접수내용의 낱말, 접수번호</source>
        <translation>Words of title or content, ticket no.</translation>
    </message>
    <message>
        <source>제목은 {limit}자까지입니다.</source>
        <comment>title_too_long</comment>
        <translation>A title has at most {limit} characters.</translation>
    </message>
    <message>
        <source>제외</source>
        <translation>Leave out</translation>
    </message>
    <message>
        <source>조건</source>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>조건</source>
        <comment>conditions</comment>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>조건</source>
        <comment>words</comment>
        <translation>Conditions</translation>
    </message>
    <message>
        <source>조건 보기</source>
        <translation>Reveal conditions</translation>
    </message>
    <message>
        <source>조회</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>조회 (Enter)</source>
        <translation>Search (Enter)</translation>
    </message>
    <message>
        <source>조회 조건을 비웠습니다.</source>
        <translation>The conditions have been cleared.</translation>
    </message>
    <message>
        <source>조회 조건을 하나 이상 입력하십시오.</source>
        <comment>search_needs_condition</comment>
        <translation>Type at least one condition.</translation>
    </message>
    <message>
        <source>조회 조건이 없는 기록입니다.</source>
        <translation>This entry has no conditions.</translation>
    </message>
    <message>
        <source>조회 조건이 있는 화면</source>
        <translation>Screens with conditions</translation>
    </message>
    <message>
        <source>조회 중…</source>
        <translation>Searching…</translation>
    </message>
    <message>
        <source>조회를 중지했습니다.</source>
        <translation>The search has been stopped.</translation>
    </message>
    <message>
        <source>조회한 말, 사유</source>
        <translation>Words searched, reason</translation>
    </message>
    <message>
        <source>종료</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>종료</source>
        <comment>ended</comment>
        <translation>Ended</translation>
    </message>
    <message>
        <source>종료</source>
        <comment>left</comment>
        <translation>Quit</translation>
    </message>
    <message>
        <source>종료일</source>
        <translation>To</translation>
    </message>
    <message>
        <source>종료일</source>
        <comment>date_to</comment>
        <translation>To</translation>
    </message>
    <message>
        <source>종료일이 시작일보다 앞섭니다.</source>
        <translation>The last day is before the first.</translation>
    </message>
    <message>
        <source>종류</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>주</source>
        <translation>Week</translation>
    </message>
    <message>
        <source>주문</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>주문</source>
        <comment>order</comment>
        <translation>Orders</translation>
    </message>
    <message>
        <source>주문</source>
        <comment>ordered</comment>
        <translation>Ordered</translation>
    </message>
    <message>
        <source>주문 보기</source>
        <comment>show_order</comment>
        <translation>Show order</translation>
    </message>
    <message>
        <source>주문 상세</source>
        <translation>Order details</translation>
    </message>
    <message>
        <source>주문 상세 택배회수요청</source>
        <translation>Order details: request pickup</translation>
    </message>
    <message>
        <source>주문 선택</source>
        <translation>Choose order</translation>
    </message>
    <message>
        <source>주문 수집</source>
        <translation>Order import</translation>
    </message>
    <message>
        <source>주문 수집 목록</source>
        <translation>Order imports</translation>
    </message>
    <message>
        <source>주문 실수</source>
        <comment>ordered_wrongly</comment>
        <translation>Ordered by mistake</translation>
    </message>
    <message>
        <source>주문 연결</source>
        <translation>Link order</translation>
    </message>
    <message>
        <source>주문 정보</source>
        <translation>About the order</translation>
    </message>
    <message>
        <source>주문 출처에서 읽지 못했습니다: {name} ({reason})</source>
        <comment>erp_source_failed</comment>
        <translation>The source of orders cannot be read: {name} ({reason})</translation>
    </message>
    <message>
        <source>주문/CS관리</source>
        <translation>Orders/CS</translation>
    </message>
    <message>
        <source>주문관련접수내역</source>
        <translation>Order tickets</translation>
    </message>
    <message>
        <source>주문금액</source>
        <translation>Order amount</translation>
    </message>
    <message>
        <source>주문목록</source>
        <translation>Orders</translation>
    </message>
    <message>
        <source>주문목록에서 한 건을 먼저 고르십시오.</source>
        <translation>First choose a row of the orders.</translation>
    </message>
    <message>
        <source>주문번호</source>
        <translation>Order no.</translation>
    </message>
    <message>
        <source>주문번호</source>
        <comment>order_no</comment>
        <translation>Order no.</translation>
    </message>
    <message>
        <source>주문번호 또는 끝 6자리</source>
        <translation>Order no. or its last 6</translation>
    </message>
    <message>
        <source>주문번호 지우기</source>
        <translation>Clear order no.</translation>
    </message>
    <message>
        <source>주문번호를 지웠습니다.</source>
        <translation>The order no. has been cleared.</translation>
    </message>
    <message>
        <source>주문상태</source>
        <translation>Order status</translation>
    </message>
    <message>
        <source>주문상태</source>
        <comment>order_status</comment>
        <translation>Order status</translation>
    </message>
    <message>
        <source>주문상태: {state}</source>
        <translation>Order status: {state}</translation>
    </message>
    <message>
        <source>주문상품</source>
        <translation>Order lines</translation>
    </message>
    <message>
        <source>주문수량</source>
        <translation>Ordered</translation>
    </message>
    <message>
        <source>주문을 가져온 기록이 없습니다.</source>
        <translation>No orders were imported yet.</translation>
    </message>
    <message>
        <source>주문을 가져올 곳이 설정에 없습니다. [[erp.pull]]을 채우십시오.</source>
        <comment>erp_source_not_set</comment>
        <translation>The settings do not say where orders come from. Fill in [[erp.pull]].</translation>
    </message>
    <message>
        <source>주문을 고객에 연결했습니다.</source>
        <translation>The order has been linked to the customer.</translation>
    </message>
    <message>
        <source>주문을 알 수 없는 ARS 이력입니다.</source>
        <translation>The order of this ARS session is not known.</translation>
    </message>
    <message>
        <source>주문을 조회하지 못했습니다.</source>
        <translation>The order could not be read.</translation>
    </message>
    <message>
        <source>주문일</source>
        <translation>Ordered on</translation>
    </message>
    <message>
        <source>주문일시</source>
        <translation>Ordered at</translation>
    </message>
    <message>
        <source>주문자</source>
        <translation>Orderer</translation>
    </message>
    <message>
        <source>주문자</source>
        <comment>orderer</comment>
        <translation>Orderer</translation>
    </message>
    <message>
        <source>주문자 (미등록)</source>
        <comment>unregistered_orderer</comment>
        <translation>Orderer (not registered)</translation>
    </message>
    <message>
        <source>주문자 연락처</source>
        <translation>Orderer tel.</translation>
    </message>
    <message>
        <source>주문자를 신규 고객으로 등록했습니다.</source>
        <translation>The orderer has been registered as a new customer.</translation>
    </message>
    <message>
        <source>주문자명</source>
        <translation>Orderer</translation>
    </message>
    <message>
        <source>주문취소</source>
        <comment>order_cancelled</comment>
        <translation>Order cancelled</translation>
    </message>
    <message>
        <source>주소</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>주소</source>
        <comment>address</comment>
        <translation>Address</translation>
    </message>
    <message>
        <source>주소 목록</source>
        <translation>Addresses</translation>
    </message>
    <message>
        <source>주소 삭제</source>
        <translation>Remove address</translation>
    </message>
    <message>
        <source>주소 없음</source>
        <comment>no_address</comment>
        <translation>No address</translation>
    </message>
    <message>
        <source>주소 정제</source>
        <translation>Refine address</translation>
    </message>
    <message>
        <source>주소 정제에 보낸 값이 잘못되었습니다.</source>
        <comment>refine_bad_parameter</comment>
        <translation>What was sent to refine the address is wrong.</translation>
    </message>
    <message>
        <source>주소를 입력하십시오.</source>
        <comment>needs_address</comment>
        <translation>Type the address.</translation>
    </message>
    <message>
        <source>주소에 소유자와 데이터베이스의 이름이 있어야 합니다(postgresql://소유자@서버/데이터베이스).</source>
        <comment>server_needs_owner</comment>
        <translation>The address has to name owner and database (postgresql://owner@server/database).</translation>
    </message>
    <message>
        <source>주소지구분</source>
        <translation>Address kind</translation>
    </message>
    <message>
        <source>주의</source>
        <translation>Caution</translation>
    </message>
    <message>
        <source>주의고객</source>
        <translation>Flagged</translation>
    </message>
    <message>
        <source>주의고객</source>
        <comment>flagged_customer</comment>
        <translation>Flagged</translation>
    </message>
    <message>
        <source>주의고객 사유</source>
        <translation>Why flagged</translation>
    </message>
    <message>
        <source>주의고객 표시와 사유도 옮겨집니다.</source>
        <translation>The flag and its reason go along.</translation>
    </message>
    <message>
        <source>주의고객: {reason}</source>
        <translation>Flagged: {reason}</translation>
    </message>
    <message>
        <source>준비</source>
        <comment>ready</comment>
        <translation>Ready</translation>
    </message>
    <message>
        <source>준비되지 않음</source>
        <comment>not_ready</comment>
        <translation>Not ready</translation>
    </message>
    <message>
        <source>중앙 서버의 주소가 필요합니다. ETS_DATABASE_URL에 postgresql://소유자@서버/데이터베이스?sslmode=verify-full을 정하십시오.</source>
        <comment>server_needs_address</comment>
        <translation>The address of the central server is needed. Set ETS_DATABASE_URL to postgresql://owner@server/database?sslmode=verify-full.</translation>
    </message>
    <message>
        <source>중앙값</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>중지</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>중지하는 담당자에게는 넘길 수 없습니다.</source>
        <comment>receiver_is_leaver</comment>
        <translation>Nothing can be handed to the agent who is disabled.</translation>
    </message>
    <message>
        <source>중지하면 새 접수에서 고를 수 없고, 이미 쓴 접수에는 그대로 남습니다. (Space)</source>
        <translation>Out of use it cannot be chosen for new tickets; those that have it keep it. (Space)</translation>
    </message>
    <message>
        <source>중지했습니다.</source>
        <comment>cancelled</comment>
        <translation>Stopped.</translation>
    </message>
    <message>
        <source>중지했습니다. 파일은 만들지 않았습니다.</source>
        <translation>Stopped. No file was written.</translation>
    </message>
    <message>
        <source>지금 쓰는 프로그램이 더는 맞지 않게 되는 업그레이드인데 {count}명이 로그인해 있습니다. 모두 나간 뒤 다시 하거나, 바로 하려면 --now를 주십시오.</source>
        <comment>desks_at_work</comment>
        <translation>After this upgrade the programs now in use no longer fit, and {count} people are logged in. Try again when all have left, or give --now to do it at once.</translation>
    </message>
    <message>
        <source>지금 자리에 있는 담당자가 없습니다. 받을 담당자를 고르십시오.</source>
        <comment>nobody_present</comment>
        <translation>Nobody is present now. Choose a receiver.</translation>
    </message>
    <message>
        <source>지금 통화의 고객 바꾸기</source>
        <translation>Change this call’s customer</translation>
    </message>
    <message>
        <source>지수 표기: 자릿수가 사라져 번호로 쓸 수 없습니다</source>
        <comment>scientific_notation</comment>
        <translation>scientific notation: digits were lost, it is no number any more</translation>
    </message>
    <message>
        <source>지시일시</source>
        <translation>Instructed at</translation>
    </message>
    <message>
        <source>지연</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>지연</source>
        <comment>overdue</comment>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>지연 {count}</source>
        <translation>Overdue {count}</translation>
    </message>
    <message>
        <source>지운 내용 되돌리기</source>
        <translation>Undo the last clear</translation>
    </message>
    <message>
        <source>지운 내용을 되돌렸습니다.</source>
        <translation>What was cleared is back.</translation>
    </message>
    <message>
        <source>지정</source>
        <translation>Set</translation>
    </message>
    <message>
        <source>지표</source>
        <translation>Measure</translation>
    </message>
    <message>
        <source>지표</source>
        <comment>measure</comment>
        <translation>Measure</translation>
    </message>
    <message>
        <source>직업</source>
        <translation>Occupation</translation>
    </message>
    <message>
        <source>직장</source>
        <comment>work</comment>
        <translation>Work</translation>
    </message>
    <message>
        <source>직전 기간</source>
        <comment>previous</comment>
        <translation>Period before</translation>
    </message>
    <message>
        <source>직접</source>
        <comment>direct</comment>
        <translation>Direct</translation>
    </message>
    <message>
        <source>진단</source>
        <translation>Diagnostics</translation>
    </message>
    <message>
        <source>진행 상황</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>진행 중</source>
        <translation>In progress</translation>
    </message>
    <message>
        <source>진행 중만</source>
        <comment>open_only</comment>
        <translation>Open only</translation>
    </message>
    <message>
        <source>진행 중인 접수</source>
        <translation>Tickets in progress</translation>
    </message>
    <message>
        <source>진행 중인 클레임</source>
        <comment>open_claim</comment>
        <translation>open claims</translation>
    </message>
    <message>
        <source>진행 중인 회수</source>
        <comment>booked_pickup</comment>
        <translation>pickups under way</translation>
    </message>
    <message>
        <source>집배권역이 없는 주소입니다.</source>
        <comment>refine_no_district</comment>
        <translation>The address is in no district of the courier.</translation>
    </message>
    <message>
        <source>차수</source>
        <translation>Hop</translation>
    </message>
    <message>
        <source>차액</source>
        <translation>Difference</translation>
    </message>
    <message>
        <source>차트</source>
        <translation>Chart</translation>
    </message>
    <message>
        <source>차트와 목록</source>
        <translation>Chart and list</translation>
    </message>
    <message>
        <source>착지변경</source>
        <comment>destination_changed</comment>
        <translation>Destination changed</translation>
    </message>
    <message>
        <source>찾는 위치:</source>
        <translation>Look in:</translation>
    </message>
    <message>
        <source>찾아보기</source>
        <translation>Browse</translation>
    </message>
    <message>
        <source>찾은 접속기록이 없습니다. 조건이나 기간을 넓혀 보십시오.</source>
        <translation>No entries found. Try wider conditions or a longer period.</translation>
    </message>
    <message>
        <source>찾은 접수가 없습니다. 조건이나 기간을 넓혀 보십시오.</source>
        <translation>No tickets found. Try wider conditions or a longer period.</translation>
    </message>
    <message>
        <source>찾은 주문이 없습니다. 조건이나 기간을 넓혀 보십시오.</source>
        <translation>No orders found. Try wider conditions or a longer period.</translation>
    </message>
    <message>
        <source>찾은 클레임이 없습니다.</source>
        <translation>No claims found.</translation>
    </message>
    <message>
        <source>채울 수 없는 자리입니다: {places}</source>
        <translation>Placeholders nothing fills: {places}</translation>
    </message>
    <message>
        <source>채울 수 있는 자리: {places}</source>
        <translation>Placeholders: {places}</translation>
    </message>
    <message>
        <source>처리</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>처리 중인 접수 {count}건, 최근 {number}: {about}</source>
        <translation>Open tickets: {count}, latest {number}: {about}</translation>
    </message>
    <message>
        <source>처리결과</source>
        <comment>status</comment>
        <translation>Outcomes</translation>
    </message>
    <message>
        <source>처리기한</source>
        <translation>Due days</translation>
    </message>
    <message>
        <source>처리사유</source>
        <translation>Reason of the answer</translation>
    </message>
    <message>
        <source>처리시간</source>
        <translation>Time to complete</translation>
    </message>
    <message>
        <source>처리시간 90%</source>
        <comment>complete_p90</comment>
        <translation>Time to complete 90%</translation>
    </message>
    <message>
        <source>처리시간 중앙값</source>
        <comment>complete_median</comment>
        <translation>Time to complete, median</translation>
    </message>
    <message>
        <source>처리일시</source>
        <translation>Answered at</translation>
    </message>
    <message>
        <source>처리자</source>
        <translation>Answered by</translation>
    </message>
    <message>
        <source>처리하지 못한 건</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>처리할 부재 통화가 아닙니다.</source>
        <translation>This is no missed call to handle.</translation>
    </message>
    <message>
        <source>처리할 수 없습니다. ({error})</source>
        <translation>This cannot be done. ({error})</translation>
    </message>
    <message>
        <source>처분</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>처분</source>
        <comment>claim_decision</comment>
        <translation>Decision</translation>
    </message>
    <message>
        <source>처분 사유</source>
        <comment>claim_decision_reason</comment>
        <translation>Decision reason</translation>
    </message>
    <message>
        <source>처분을 고르십시오.</source>
        <comment>needs_decision</comment>
        <translation>Choose a decision.</translation>
    </message>
    <message>
        <source>처음대로</source>
        <translation>As at first</translation>
    </message>
    <message>
        <source>철회</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>철회</source>
        <comment>withdrawn</comment>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>철회사유</source>
        <translation>Reason for withdrawing</translation>
    </message>
    <message>
        <source>초기화</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>최근 고객</source>
        <translation>Recent customers</translation>
    </message>
    <message>
        <source>최근 완료 접수</source>
        <comment>recent_ticket</comment>
        <translation>tickets lately completed</translation>
    </message>
    <message>
        <source>최근 이관</source>
        <translation>Recent transfers</translation>
    </message>
    <message>
        <source>최근 주문</source>
        <translation>Recent orders</translation>
    </message>
    <message>
        <source>최근 주문 {order}</source>
        <translation>Latest order {order}</translation>
    </message>
    <message>
        <source>최근 통화</source>
        <comment>called_recently</comment>
        <translation>Called lately</translation>
    </message>
    <message>
        <source>최근에 다룬 고객이 없습니다.</source>
        <translation>No recent customers.</translation>
    </message>
    <message>
        <source>최근이관이력</source>
        <translation>Recent transfers</translation>
    </message>
    <message>
        <source>최근접촉</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>추가</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>추가</source>
        <comment>added</comment>
        <translation>Added</translation>
    </message>
    <message>
        <source>추가 비용 청구</source>
        <comment>extra_cost</comment>
        <translation>Extra cost</translation>
    </message>
    <message>
        <source>추가 접수 새화면</source>
        <translation>Follow-up ticket</translation>
    </message>
    <message>
        <source>추가할 번호</source>
        <translation>Number to add</translation>
    </message>
    <message>
        <source>출고 중지</source>
        <comment>cancel_order</comment>
        <translation>Stop shipping</translation>
    </message>
    <message>
        <source>출고대기</source>
        <comment>ready_to_ship</comment>
        <translation>Ready to ship</translation>
    </message>
    <message>
        <source>취소</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>취소</source>
        <comment>cancel</comment>
        <translation>Cancellation</translation>
    </message>
    <message>
        <source>취소</source>
        <comment>cancelled</comment>
        <translation>Cancelled</translation>
    </message>
    <message>
        <source>취소</source>
        <comment>withdrawn</comment>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>취소(일)</source>
        <translation>Cancellation (days)</translation>
    </message>
    <message>
        <source>취소된 주문입니다.</source>
        <comment>order_cancelled</comment>
        <translation>The order is cancelled.</translation>
    </message>
    <message>
        <source>취소된 회수 요청입니다.</source>
        <comment>pickup_called_off</comment>
        <translation>The pickup is cancelled.</translation>
    </message>
    <message>
        <source>취소접수처리</source>
        <translation>Cancellation</translation>
    </message>
    <message>
        <source>취소접수처리</source>
        <comment>cancel</comment>
        <translation>Cancellation claim</translation>
    </message>
    <message>
        <source>카테고리</source>
        <translation>Category</translation>
    </message>
    <message>
        <source>칸 하나의 내용이 너무 깁니다</source>
        <comment>cell_too_long</comment>
        <translation>one cell is too long</translation>
    </message>
    <message>
        <source>캐쉬백</source>
        <translation>Cashback</translation>
    </message>
    <message>
        <source>콜 히스토리</source>
        <translation>Calls</translation>
    </message>
    <message>
        <source>콜 히스토리 고정</source>
        <translation>Calls: pin</translation>
    </message>
    <message>
        <source>콜 히스토리 부재 처리</source>
        <translation>Calls: mark as handled</translation>
    </message>
    <message>
        <source>콜 히스토리 접수</source>
        <translation>Calls: take</translation>
    </message>
    <message>
        <source>콜 히스토리 통화</source>
        <translation>Calls: dial</translation>
    </message>
    <message>
        <source>콜백</source>
        <translation>Callback</translation>
    </message>
    <message>
        <source>콜백</source>
        <comment>callback</comment>
        <translation>Callbacks</translation>
    </message>
    <message>
        <source>콜백 결과</source>
        <translation>Outcome of the callback</translation>
    </message>
    <message>
        <source>콜백 부재</source>
        <comment>missed</comment>
        <translation>Callback not answered</translation>
    </message>
    <message>
        <source>콜백 성공</source>
        <comment>succeeded</comment>
        <translation>Callback reached</translation>
    </message>
    <message>
        <source>콜백 시간입니다: {about}</source>
        <translation>Time to call back: {about}</translation>
    </message>
    <message>
        <source>콜백 약속</source>
        <comment>callbacks</comment>
        <translation>Callbacks promised</translation>
    </message>
    <message>
        <source>콜백 예약</source>
        <comment>promised</comment>
        <translation>Callback promised</translation>
    </message>
    <message>
        <source>콜백 이행</source>
        <comment>callbacks_kept</comment>
        <translation>Callbacks kept</translation>
    </message>
    <message>
        <source>콜백 이행률</source>
        <comment>kept_rate</comment>
        <translation>Callbacks kept %</translation>
    </message>
    <message>
        <source>콜백 취소</source>
        <comment>cancelled</comment>
        <translation>Callback cancelled</translation>
    </message>
    <message>
        <source>콜백 통화</source>
        <translation>Dial a callback</translation>
    </message>
    <message>
        <source>콜백번호</source>
        <translation>Callback no.</translation>
    </message>
    <message>
        <source>콜백을 다시 예약했습니다: {at}</source>
        <translation>Callback promised again for {at}.</translation>
    </message>
    <message>
        <source>콜백을 마쳤습니다.</source>
        <translation>The callback is done.</translation>
    </message>
    <message>
        <source>콜백을 예약했습니다: {at}</source>
        <translation>Callback promised for {at}.</translation>
    </message>
    <message>
        <source>콜백을 취소했습니다.</source>
        <translation>The callback has been cancelled.</translation>
    </message>
    <message>
        <source>콜백일시</source>
        <translation>Callback at</translation>
    </message>
    <message>
        <source>콜백일시 고르기</source>
        <translation>Choose when to call back</translation>
    </message>
    <message>
        <source>콜백일시는 지금보다 뒤여야 합니다.</source>
        <comment>callback_in_past</comment>
        <translation>The callback has to be later than now.</translation>
    </message>
    <message>
        <source>콜백일시를 읽을 수 없습니다. (예: 내일 10:00, 2026-11-23 14:00)</source>
        <comment>callback_at_unreadable</comment>
        <translation>This cannot be read as a time. (Example: 2026-11-23 14:00)</translation>
    </message>
    <message>
        <source>콜백일시를 입력하십시오.</source>
        <comment>needs_callback_at</comment>
        <translation>Type when to call back.</translation>
    </message>
    <message>
        <source>콜백취소</source>
        <translation>Cancel callback</translation>
    </message>
    <message>
        <source>쿠폰</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>클레임</source>
        <translation>Claims</translation>
    </message>
    <message>
        <source>클레임</source>
        <comment>claim</comment>
        <translation>Claims</translation>
    </message>
    <message>
        <source>클레임</source>
        <comment>claim_created</comment>
        <translation>Claim</translation>
    </message>
    <message>
        <source>클레임 {number}</source>
        <translation>Claim {number}</translation>
    </message>
    <message>
        <source>클레임 거부</source>
        <translation>Reject claim</translation>
    </message>
    <message>
        <source>클레임 거부</source>
        <comment>rejected</comment>
        <translation>Claim rejected</translation>
    </message>
    <message>
        <source>클레임 보류</source>
        <translation>Hold claim</translation>
    </message>
    <message>
        <source>클레임 보류 해제</source>
        <translation>Release claim</translation>
    </message>
    <message>
        <source>클레임 완료</source>
        <comment>done</comment>
        <translation>Claim done</translation>
    </message>
    <message>
        <source>클레임 재발송</source>
        <translation>Reship claims</translation>
    </message>
    <message>
        <source>클레임 접수</source>
        <translation>Take claim</translation>
    </message>
    <message>
        <source>클레임 찾기</source>
        <translation>Find claims</translation>
    </message>
    <message>
        <source>클레임 철회</source>
        <translation>Withdraw claim</translation>
    </message>
    <message>
        <source>클레임 철회</source>
        <comment>withdrawn</comment>
        <translation>Claim withdrawn</translation>
    </message>
    <message>
        <source>클레임 환불</source>
        <translation>Refund claims</translation>
    </message>
    <message>
        <source>클레임 후보</source>
        <translation>Claims that may fit</translation>
    </message>
    <message>
        <source>클레임번호</source>
        <translation>Claim no.</translation>
    </message>
    <message>
        <source>클레임이 끝났습니다: {type} {number} {step} · 접수 {ticket}</source>
        <translation>Claim closed: {type} {number} {step} · ticket {ticket}</translation>
    </message>
    <message>
        <source>클콜 서버가 로그아웃시켰습니다. 다시 연결하는 중입니다.</source>
        <comment>ippbx_logged_out</comment>
        <translation>The Clcall server logged the link out. Connecting again.</translation>
    </message>
    <message>
        <source>클콜 서버가 로그인에 응답하지 않습니다. 다시 시도합니다.</source>
        <comment>ippbx_silent</comment>
        <translation>The Clcall server does not answer the login. Trying again.</translation>
    </message>
    <message>
        <source>클콜 서버가 로그인을 거부했습니다. 사용자와 비밀번호를 확인하십시오.</source>
        <comment>ippbx_login_refused</comment>
        <translation>The Clcall server refuses the login. Check its user and password.</translation>
    </message>
    <message>
        <source>클콜 서버에 연결할 수 없습니다. 주소와 포트를 확인하십시오.</source>
        <comment>ippbx_unreachable</comment>
        <translation>The Clcall server cannot be reached. Check its address and port.</translation>
    </message>
    <message>
        <source>클콜 서버와의 연결이 끊겼습니다. 다시 연결하는 중입니다.</source>
        <comment>ippbx_lost</comment>
        <translation>The Clcall server is cut off. Connecting again.</translation>
    </message>
    <message>
        <source>클콜 서버의 Socket.IO 버전을 알 수 없습니다. socketio를 설정하십시오.</source>
        <comment>ippbx_generation</comment>
        <translation>The Socket.IO version of the Clcall server is unknown. Set socketio.</translation>
    </message>
    <message>
        <source>키 저장소를 쓸 수 없습니다. {link}의 {option}에 파일을 적으십시오.</source>
        <comment>key_store_refused</comment>
        <translation>The key store cannot be used. Name a file in {option} of {link}.</translation>
    </message>
    <message>
        <source>태그</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>태그</source>
        <comment>tag</comment>
        <translation>Tag</translation>
    </message>
    <message>
        <source>태그는 {limit}자까지입니다.</source>
        <comment>tag_too_long</comment>
        <translation>A tag has at most {limit} characters.</translation>
    </message>
    <message>
        <source>태그는 {maximum}자까지입니다.</source>
        <translation>A tag has at most {maximum} characters.</translation>
    </message>
    <message>
        <source>택배·메시지</source>
        <translation>Couriers and messages</translation>
    </message>
    <message>
        <source>택배사</source>
        <translation>Courier</translation>
    </message>
    <message>
        <source>택배사</source>
        <comment>courier</comment>
        <translation>Courier</translation>
    </message>
    <message>
        <source>택배사 부담</source>
        <comment>courier</comment>
        <translation>Courier</translation>
    </message>
    <message>
        <source>택배사 비밀 파일은 소유자만 읽어야 합니다(0600): {name}, {option}</source>
        <comment>courier_secret_mode</comment>
        <translation>Only its owner may read the courier secret file (0600): {name}, {option}</translation>
    </message>
    <message>
        <source>택배사 설정의 비밀 파일을 읽을 수 없습니다: {name}, {option}</source>
        <comment>courier_secret_file</comment>
        <translation>The secret file of the courier settings cannot be read: {name}, {option}</translation>
    </message>
    <message>
        <source>택배사 설정이 맞지 않습니다: {name}, {option} ({expected})</source>
        <comment>courier_option</comment>
        <translation>A courier setting is wrong: {name}, {option} ({expected})</translation>
    </message>
    <message>
        <source>택배사가 고객사코드나 사업자번호를 받지 않습니다. 설정을 확인하십시오.</source>
        <comment>courier_login</comment>
        <translation>The courier refuses the customer code or business no. Check the settings.</translation>
    </message>
    <message>
        <source>택배사가 답하지 않습니다. 다시 누르거나 다른 택배사를 고르십시오.</source>
        <translation>The courier does not answer. Press again or choose another courier.</translation>
    </message>
    <message>
        <source>택배사가 받지 않았습니다. 내용을 확인한 뒤 다시 보내십시오.</source>
        <comment>courier_refused</comment>
        <translation>The courier refuses it. Check it, then send it again.</translation>
    </message>
    <message>
        <source>택배사가 배송하지 않는 지역입니다.</source>
        <comment>refine_not_delivered</comment>
        <translation>The courier does not deliver there.</translation>
    </message>
    <message>
        <source>택배사가 시간 안에 답하지 않았습니다. 다시 보냅니다.</source>
        <comment>courier_silent</comment>
        <translation>The courier did not answer in time. Sending again.</translation>
    </message>
    <message>
        <source>택배사가 주소를 알아보지 못했습니다. 주소를 확인하십시오.</source>
        <comment>refine_not_understood</comment>
        <translation>The courier does not understand the address. Check it.</translation>
    </message>
    <message>
        <source>택배사가 지금 처리하지 못합니다. 다시 보냅니다.</source>
        <comment>courier_busy</comment>
        <translation>The courier is busy. Sending again.</translation>
    </message>
    <message>
        <source>택배사를 고르십시오.</source>
        <comment>needs_courier</comment>
        <translation>Choose a courier.</translation>
    </message>
    <message>
        <source>택배사에 등록되지 않은 고객사입니다.</source>
        <comment>refine_unknown_customer</comment>
        <translation>The courier does not know this customer code.</translation>
    </message>
    <message>
        <source>택배사에 보낸 요청입니다. 택배사에 취소를 먼저 알리십시오.</source>
        <comment>pickup_not_acknowledged</comment>
        <translation>The courier has this request. Tell the courier first that it is cancelled.</translation>
    </message>
    <message>
        <source>택배사에 연결할 수 없습니다. 다시 보냅니다.</source>
        <comment>courier_unreachable</comment>
        <translation>The courier cannot be reached. Sending again.</translation>
    </message>
    <message>
        <source>택배사와의 계약이 끝났습니다.</source>
        <comment>refine_contract_ended</comment>
        <translation>The contract with the courier has ended.</translation>
    </message>
    <message>
        <source>택배사의 답을 읽을 수 없습니다. 다시 보냅니다.</source>
        <comment>courier_malformed</comment>
        <translation>The answer of the courier is unreadable. Sending again.</translation>
    </message>
    <message>
        <source>택배접수</source>
        <comment>accepted</comment>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>택배접수 {moment}</source>
        <translation>Accepted {moment}</translation>
    </message>
    <message>
        <source>택배회수요청</source>
        <translation>Request pickup</translation>
    </message>
    <message>
        <source>택배회수요청</source>
        <comment>request_pickup</comment>
        <translation>Request pickup</translation>
    </message>
    <message>
        <source>택배회수이력</source>
        <translation>Pickups</translation>
    </message>
    <message>
        <source>택배회수이력 조회</source>
        <comment>search_pickups</comment>
        <translation>Search pickups</translation>
    </message>
    <message>
        <source>토</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>토</source>
        <comment>sat</comment>
        <translation>Sat</translation>
    </message>
    <message>
        <source>통계</source>
        <translation>Statistics</translation>
    </message>
    <message>
        <source>통계 목록 보기</source>
        <comment>list_statistics</comment>
        <translation>Looked at a list of statistics</translation>
    </message>
    <message>
        <source>통계 반품·교환 목록</source>
        <translation>Claims of the statistics</translation>
    </message>
    <message>
        <source>통계 접수 목록</source>
        <translation>Tickets of the statistics</translation>
    </message>
    <message>
        <source>통계 통화 목록</source>
        <translation>Calls of the statistics</translation>
    </message>
    <message>
        <source>통합검색</source>
        <translation>Search for</translation>
    </message>
    <message>
        <source>통합검색</source>
        <comment>anything</comment>
        <translation>Search for</translation>
    </message>
    <message>
        <source>통합주문검색</source>
        <translation>Order search</translation>
    </message>
    <message>
        <source>통합주문검색</source>
        <comment>search_orders</comment>
        <translation>Order search</translation>
    </message>
    <message>
        <source>통화</source>
        <translation>Call</translation>
    </message>
    <message>
        <source>통화</source>
        <comment>call</comment>
        <translation>Call</translation>
    </message>
    <message>
        <source>통화</source>
        <comment>calls</comment>
        <translation>Calls</translation>
    </message>
    <message>
        <source>통화</source>
        <comment>talked</comment>
        <translation>Calls</translation>
    </message>
    <message>
        <source>통화 고객 바꾸기</source>
        <translation>Change the call’s customer</translation>
    </message>
    <message>
        <source>통화 완료</source>
        <comment>completed</comment>
        <translation>Completed</translation>
    </message>
    <message>
        <source>통화 중</source>
        <translation>In a call</translation>
    </message>
    <message>
        <source>통화 중</source>
        <comment>talking</comment>
        <translation>Talking</translation>
    </message>
    <message>
        <source>통화 중(상대)</source>
        <comment>busy</comment>
        <translation>Busy</translation>
    </message>
    <message>
        <source>통화 중이면 통화가 끝난 뒤에 바뀝니다. 사유는 접속기록에 남습니다.</source>
        <translation>In a call it changes once the call is over. The reason goes to the access log.</translation>
    </message>
    <message>
        <source>통화 통계</source>
        <translation>Statistics of calls</translation>
    </message>
    <message>
        <source>통화 통계</source>
        <comment>calls</comment>
        <translation>Statistics of calls</translation>
    </message>
    <message>
        <source>통화 통계 비교</source>
        <translation>Statistics of calls, compared</translation>
    </message>
    <message>
        <source>통화 통계 비교</source>
        <comment>calls</comment>
        <translation>Statistics of calls, compared</translation>
    </message>
    <message>
        <source>통화 표시</source>
        <translation>Mark call</translation>
    </message>
    <message>
        <source>통화·포기</source>
        <translation>Calls and abandoned</translation>
    </message>
    <message>
        <source>통화가 끝나면 {name} 상태가 {state|으로} 바뀝니다.</source>
        <translation>After the call {name} is set to {state}.</translation>
    </message>
    <message>
        <source>통화가 끝나면 {state|으로} 바뀝니다.</source>
        <translation>After the call your state will be {state}.</translation>
    </message>
    <message>
        <source>통화가 끝나면 {state}</source>
        <translation>After the call: {state}</translation>
    </message>
    <message>
        <source>통화가 아닌 줄입니다. 통화를 고르십시오.</source>
        <translation>This row is no call. Choose a call.</translation>
    </message>
    <message>
        <source>통화를 고객에 연결했습니다: {now}.</source>
        <translation>The call has been linked to {now}.</translation>
    </message>
    <message>
        <source>통화를 남길 접수</source>
        <translation>Ticket for this call</translation>
    </message>
    <message>
        <source>통화를 불러오며 쓰던 내용을 접수정보 임시저장에 넣었습니다.</source>
        <translation>What you were writing has been kept in Drafts to take the call.</translation>
    </message>
    <message>
        <source>통화를 폭언 통화로 표시했습니다.</source>
        <translation>The call has been marked as abusive.</translation>
    </message>
    <message>
        <source>통화불가</source>
        <comment>no_answer_on_phone</comment>
        <translation>No answer by phone</translation>
    </message>
    <message>
        <source>통화시간</source>
        <translation>Talk time</translation>
    </message>
    <message>
        <source>통화의 고객을 바꾸었습니다: {before} → {now}.</source>
        <translation>Customer of the call changed: {before} → {now}.</translation>
    </message>
    <message>
        <source>통화중</source>
        <comment>on_call</comment>
        <translation>On a call</translation>
    </message>
    <message>
        <source>특이사항</source>
        <translation>Remarks</translation>
    </message>
    <message>
        <source>팀</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>팀</source>
        <comment>team</comment>
        <translation>Team</translation>
    </message>
    <message>
        <source>팀 목록</source>
        <translation>Teams</translation>
    </message>
    <message>
        <source>팀 없음</source>
        <translation>No team</translation>
    </message>
    <message>
        <source>팀 이관 수락 기한(분)</source>
        <translation>Team transfers: accept within (min)</translation>
    </message>
    <message>
        <source>팀 이름</source>
        <translation>Team name</translation>
    </message>
    <message>
        <source>팀별</source>
        <translation>By team</translation>
    </message>
    <message>
        <source>팀원</source>
        <translation>Members</translation>
    </message>
    <message>
        <source>팀원 빼기</source>
        <translation>Take out</translation>
    </message>
    <message>
        <source>팀원 추가</source>
        <translation>Add a member</translation>
    </message>
    <message>
        <source>팀원이 있는 팀입니다. 먼저 팀원을 다른 팀으로 옮기십시오.</source>
        <comment>team_has_members</comment>
        <translation>The team has members. Move them to another team first.</translation>
    </message>
    <message>
        <source>팀을 만들었습니다.</source>
        <translation>The team was created.</translation>
    </message>
    <message>
        <source>팀을 저장했습니다.</source>
        <translation>The team was saved.</translation>
    </message>
    <message>
        <source>팀의 부재 통화만 반려할 수 있습니다.</source>
        <comment>missed_call_not_returned</comment>
        <translation>Only a missed call of the team can be returned.</translation>
    </message>
    <message>
        <source>팀의 이름이 필요합니다({limit}자까지).</source>
        <comment>needs_team_name</comment>
        <translation>The team needs a name (at most {limit} characters).</translation>
    </message>
    <message>
        <source>파일</source>
        <translation>File</translation>
    </message>
    <message>
        <source>파일 (키 저장소를 쓸 수 없습니다)</source>
        <translation>A file (no key store is usable)</translation>
    </message>
    <message>
        <source>파일 이름에 쓸 수 없는 글자나 이름입니다.</source>
        <comment>export_bad_name</comment>
        <translation>A file cannot have this name.</translation>
    </message>
    <message>
        <source>파일 이름을 입력하십시오.</source>
        <comment>export_needs_file</comment>
        <translation>Type a file name.</translation>
    </message>
    <message>
        <source>파일 이름이 너무 깁니다.</source>
        <comment>export_name_too_long</comment>
        <translation>The file name is too long.</translation>
    </message>
    <message>
        <source>파일 형식:</source>
        <translation>File type:</translation>
    </message>
    <message>
        <source>파일(&amp;F)</source>
        <translation>&amp;File</translation>
    </message>
    <message>
        <source>파일에 암호가 걸려 있습니다.</source>
        <comment>file_locked</comment>
        <translation>The file is locked by a password.</translation>
    </message>
    <message>
        <source>파일을 쓸 수 없습니다: {reason}</source>
        <comment>export_not_writable</comment>
        <translation>The file cannot be written: {reason}</translation>
    </message>
    <message>
        <source>파일을 읽을 수 없습니다. 다른 프로그램에서 열려 있는지 확인하십시오.</source>
        <comment>file_unreadable</comment>
        <translation>The file cannot be read. Check whether another program has it open.</translation>
    </message>
    <message>
        <source>파일의 암호가 맞지 않습니다.</source>
        <comment>password_wrong</comment>
        <translation>The password of the file is wrong.</translation>
    </message>
    <message>
        <source>파일이 너무 큽니다: {megabytes}MB (최대 {limit}MB)</source>
        <comment>file_too_big</comment>
        <translation>The file is too big: {megabytes} MB (at most {limit} MB)</translation>
    </message>
    <message>
        <source>파일이 비어 있습니다.</source>
        <comment>file_empty</comment>
        <translation>The file is empty.</translation>
    </message>
    <message>
        <source>파일이 손상되었습니다. 다시 내려받으십시오.</source>
        <comment>file_damaged</comment>
        <translation>The file is damaged. Download it again.</translation>
    </message>
    <message>
        <source>파일이 없습니다.</source>
        <comment>file_missing</comment>
        <translation>There is no such file.</translation>
    </message>
    <message>
        <source>파일이름</source>
        <translation>File name</translation>
    </message>
    <message>
        <source>판매가</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>판매자 부담</source>
        <comment>seller</comment>
        <translation>Seller</translation>
    </message>
    <message>
        <source>판매자 확인 필요</source>
        <comment>seller_checks</comment>
        <translation>Seller has to check</translation>
    </message>
    <message>
        <source>판매처</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>판매처</source>
        <comment>channel</comment>
        <translation>Channel</translation>
    </message>
    <message>
        <source>판매처</source>
        <comment>channel_code</comment>
        <translation>Channel</translation>
    </message>
    <message>
        <source>판매처</source>
        <comment>channel_id</comment>
        <translation>Channel</translation>
    </message>
    <message>
        <source>판매처 상세 상태</source>
        <comment>claim_channel_status_detail</comment>
        <translation>Channel status detail</translation>
    </message>
    <message>
        <source>판매처 상태</source>
        <translation>Channel status</translation>
    </message>
    <message>
        <source>판매처 상태</source>
        <comment>claim_channel_status</comment>
        <translation>Channel status</translation>
    </message>
    <message>
        <source>판매처의 주문 파일이 아닙니다.</source>
        <comment>file_not_an_export</comment>
        <translation>This is no order file of a sales channel.</translation>
    </message>
    <message>
        <source>편집</source>
        <translation>Edit</translation>
    </message>
    <message>
        <source>폐기</source>
        <comment>discarded</comment>
        <translation>Discarded</translation>
    </message>
    <message>
        <source>폐기사유</source>
        <translation>Reason for discarding</translation>
    </message>
    <message>
        <source>폐기처리</source>
        <translation>Discard</translation>
    </message>
    <message>
        <source>폐기처리했습니다.</source>
        <translation>Discarded.</translation>
    </message>
    <message>
        <source>포기</source>
        <translation>Abandoned</translation>
    </message>
    <message>
        <source>포기</source>
        <comment>abandoned</comment>
        <translation>Abandoned</translation>
    </message>
    <message>
        <source>포기율</source>
        <comment>abandoned_rate</comment>
        <translation>Abandoned %</translation>
    </message>
    <message>
        <source>포기호</source>
        <comment>abandoned</comment>
        <translation>Abandoned</translation>
    </message>
    <message>
        <source>포장비</source>
        <translation>Packing fee</translation>
    </message>
    <message>
        <source>포트를 쓸 수 없어 알림을 받지 못합니다. 설정을 확인하십시오: {port} ({reason})</source>
        <comment>door_port</comment>
        <translation>The port cannot be used, so nothing is heard there. Check the settings: {port} ({reason})</translation>
    </message>
    <message>
        <source>폭언</source>
        <translation>Abuse</translation>
    </message>
    <message>
        <source>폭언 안내</source>
        <translation>Abusive caller</translation>
    </message>
    <message>
        <source>폭언 안내 문장</source>
        <translation>Sentences for abuse</translation>
    </message>
    <message>
        <source>폴더를 쓸 수 없습니다: {folder} ({reason})</source>
        <comment>folder_unusable</comment>
        <translation>The folder cannot be used: {folder} ({reason})</translation>
    </message>
    <message>
        <source>표가 너무 큽니다.</source>
        <comment>sheet_too_large</comment>
        <translation>The table is too large.</translation>
    </message>
    <message>
        <source>표시 없음</source>
        <translation>Nothing shown</translation>
    </message>
    <message>
        <source>표의 칸이나 차트의 막대를 고르면 그 목록이 나옵니다.</source>
        <translation>Choose a cell of the table or a bar of the chart to see its list.</translation>
    </message>
    <message>
        <source>풀면 지나치게 커지는 파일이라 열지 않았습니다.</source>
        <comment>zip_bomb</comment>
        <translation>The file was not opened, for unpacked it grows out of all bounds.</translation>
    </message>
    <message>
        <source>프로그램 오류</source>
        <translation>Program error</translation>
    </message>
    <message>
        <source>필요한 열이 없습니다: {column} ({channel})</source>
        <comment>column_missing</comment>
        <translation>A column is missing: {column} ({channel})</translation>
    </message>
    <message>
        <source>하자를 안 날</source>
        <comment>claim_discovered_on</comment>
        <translation>Defect found on</translation>
    </message>
    <message>
        <source>하자를 안 날은 오늘이나 그 전이어야 합니다.</source>
        <comment>discovered_in_future</comment>
        <translation>The day the fault was found has to be today or earlier.</translation>
    </message>
    <message>
        <source>한 사람에게 모두</source>
        <translation>All to one</translation>
    </message>
    <message>
        <source>한 줄에 한 문장. 비우면 프로그램의 문장을 씁니다.</source>
        <translation>One sentence a line. Empty: those of the program.</translation>
    </message>
    <message>
        <source>한 줄은 {limit}자까지입니다.</source>
        <comment>sentence_too_long</comment>
        <translation>A line has at most {limit} characters.</translation>
    </message>
    <message>
        <source>한국어</source>
        <translation>한국어</translation>
    </message>
    <message>
        <source>한진택배</source>
        <comment>hanjin</comment>
        <translation>Hanjin</translation>
    </message>
    <message>
        <source>할 일이 남은 담당자입니다. 다른 담당자에게 먼저 넘기십시오.</source>
        <comment>work_left</comment>
        <translation>That agent has work left. Hand it to others first.</translation>
    </message>
    <message>
        <source>함께 열어 둔 담당자</source>
        <translation>Who else has it open</translation>
    </message>
    <message>
        <source>합계</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>합쳐지는 고객</source>
        <translation>Merged</translation>
    </message>
    <message>
        <source>항목</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>해결방안</source>
        <translation>Resolution</translation>
    </message>
    <message>
        <source>해결방안 글자수</source>
        <translation>Resolution characters</translation>
    </message>
    <message>
        <source>해당 주문을 {who}에 연결하시겠습니까?</source>
        <translation>Link the order to {who}?</translation>
    </message>
    <message>
        <source>해외번호</source>
        <comment>foreign</comment>
        <translation>Foreign</translation>
    </message>
    <message>
        <source>해제</source>
        <translation>Removed</translation>
    </message>
    <message>
        <source>해제</source>
        <comment>button</comment>
        <translation>Release</translation>
    </message>
    <message>
        <source>행</source>
        <translation>Row</translation>
    </message>
    <message>
        <source>행</source>
        <comment>row</comment>
        <translation>Row</translation>
    </message>
    <message>
        <source>행 복사</source>
        <translation>Copy row</translation>
    </message>
    <message>
        <source>현금</source>
        <translation>Cash</translation>
    </message>
    <message>
        <source>현재 행을 고르거나 뺍니다. (Space)</source>
        <translation>Takes the current row in or out. (Space)</translation>
    </message>
    <message>
        <source>현황판</source>
        <translation>Live board</translation>
    </message>
    <message>
        <source>현황판 접수목록</source>
        <translation>Tickets of the board</translation>
    </message>
    <message>
        <source>현황판 통화목록</source>
        <translation>Calls of the board</translation>
    </message>
    <message>
        <source>호 전환</source>
        <comment>transferred</comment>
        <translation>Transferred</translation>
    </message>
    <message>
        <source>홍길동</source>
        <translation>Hong Gildong</translation>
    </message>
    <message>
        <source>화</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>화</source>
        <comment>tue</comment>
        <translation>Tue</translation>
    </message>
    <message>
        <source>확인</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>확인</source>
        <comment>seen</comment>
        <translation>Seen</translation>
    </message>
    <message>
        <source>확인</source>
        <comment>true</comment>
        <translation>Agreed</translation>
    </message>
    <message>
        <source>확인 안 됨</source>
        <comment>lost</comment>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>확인 필요</source>
        <translation>To be checked</translation>
    </message>
    <message>
        <source>환불</source>
        <translation>Refund</translation>
    </message>
    <message>
        <source>환불</source>
        <comment>refund</comment>
        <translation>Refund</translation>
    </message>
    <message>
        <source>환불 {won}원</source>
        <translation>Refund {won} KRW</translation>
    </message>
    <message>
        <source>환불 {won}원은 관리자의 승인이 필요합니다.</source>
        <translation>A refund of {won} KRW needs a supervisor's approval.</translation>
    </message>
    <message>
        <source>환불 승인 기준(원)</source>
        <translation>Refunds to approve from (KRW)</translation>
    </message>
    <message>
        <source>환불 승인요청</source>
        <translation>Ask to approve the refund</translation>
    </message>
    <message>
        <source>환불 승인을 요청했습니다: {number} {won}원</source>
        <translation>Approval of the refund requested: {number} {won} KRW</translation>
    </message>
    <message>
        <source>환불 승인을 요청했습니다: {won}원. 승인되면 다시 처분하십시오.</source>
        <translation>Approval of the refund requested: {won} KRW. Decide again once it is approved.</translation>
    </message>
    <message>
        <source>환불계좌</source>
        <translation>Refund account</translation>
    </message>
    <message>
        <source>환불계좌 보기</source>
        <comment>show_refund_account</comment>
        <translation>Show refund account</translation>
    </message>
    <message>
        <source>환불계좌가 없는 클레임입니다.</source>
        <comment>no_refund_account</comment>
        <translation>The claim has no refund account.</translation>
    </message>
    <message>
        <source>환불계좌를 암호화할 키가 없습니다. ets refunds new-key로 만드십시오.</source>
        <comment>refund_key_missing</comment>
        <translation>There is no key to seal the refund account. Make one with ets refunds new-key.</translation>
    </message>
    <message>
        <source>환불계좌의 은행과 예금주를 입력하십시오.</source>
        <comment>needs_refund_account</comment>
        <translation>Type bank and holder of the refund account.</translation>
    </message>
    <message>
        <source>환불기한</source>
        <translation>Refund by</translation>
    </message>
    <message>
        <source>환불에서 뺀 배송비</source>
        <comment>claim_fee_deducted</comment>
        <translation>Postage deducted</translation>
    </message>
    <message>
        <source>환불예정</source>
        <translation>To refund</translation>
    </message>
    <message>
        <source>환불은행</source>
        <translation>Refund bank</translation>
    </message>
    <message>
        <source>회송사유</source>
        <translation>Reason for sending back</translation>
    </message>
    <message>
        <source>회송지</source>
        <translation>Pickup</translation>
    </message>
    <message>
        <source>회송지와 반품센터의 주소가 같아 택배사가 받지 않습니다.</source>
        <comment>courier_same_address</comment>
        <translation>The pickup address is the return centre’s own, so the courier refuses it.</translation>
    </message>
    <message>
        <source>회수</source>
        <translation>Pickup</translation>
    </message>
    <message>
        <source>회수</source>
        <comment>button</comment>
        <translation>Recall</translation>
    </message>
    <message>
        <source>회수</source>
        <comment>collect_only</comment>
        <translation>Collection</translation>
    </message>
    <message>
        <source>회수</source>
        <comment>fetch_transfers</comment>
        <translation>Take back</translation>
    </message>
    <message>
        <source>회수</source>
        <comment>recalled</comment>
        <translation>Recalled</translation>
    </message>
    <message>
        <source>회수 · {state}</source>
        <translation>Pickup · {state}</translation>
    </message>
    <message>
        <source>회수 재요청</source>
        <translation>Request again</translation>
    </message>
    <message>
        <source>회수 지시</source>
        <comment>collect</comment>
        <translation>Collect</translation>
    </message>
    <message>
        <source>회수 진행</source>
        <translation>Pickup progress</translation>
    </message>
    <message>
        <source>회수 취소</source>
        <translation>Cancel pickup</translation>
    </message>
    <message>
        <source>회수 취소</source>
        <comment>cancel_collect</comment>
        <translation>Do not collect</translation>
    </message>
    <message>
        <source>회수 취소</source>
        <comment>pickup_cancelled</comment>
        <translation>Pickup cancelled</translation>
    </message>
    <message>
        <source>회수: {courier}</source>
        <translation>Pickup: {courier}</translation>
    </message>
    <message>
        <source>회수송장번호</source>
        <translation>Return tracking</translation>
    </message>
    <message>
        <source>회수실패</source>
        <comment>pickup_failed</comment>
        <translation>No pickup</translation>
    </message>
    <message>
        <source>회수요청</source>
        <comment>pickup_requested</comment>
        <translation>Pickup requested</translation>
    </message>
    <message>
        <source>회수요청</source>
        <comment>requested</comment>
        <translation>Requested</translation>
    </message>
    <message>
        <source>회수요청에 제안하는 배송비와, 폭언 때 차례로 읽는 안내 문장입니다.</source>
        <translation>The postage that a pickup request offers, and the sentences read out one after the other on abuse.</translation>
    </message>
    <message>
        <source>회수접수</source>
        <comment>collect_only</comment>
        <translation>Collection claim</translation>
    </message>
    <message>
        <source>회수중</source>
        <comment>collecting</comment>
        <translation>Collecting</translation>
    </message>
    <message>
        <source>회수지시</source>
        <translation>Order pickup</translation>
    </message>
    <message>
        <source>회수지시</source>
        <comment>order_pickup</comment>
        <translation>Order pickup</translation>
    </message>
    <message>
        <source>회수지시</source>
        <comment>pickup_ordered</comment>
        <translation>To collect</translation>
    </message>
    <message>
        <source>회수할 상품이 없는 클레임입니다.</source>
        <comment>nothing_to_collect</comment>
        <translation>There is nothing to collect for this claim.</translation>
    </message>
    <message>
        <source>후속 접수</source>
        <translation>Follow-ups</translation>
    </message>
    <message>
        <source>후속 접수 {number} ({status})</source>
        <translation>Follow-up {number} ({status})</translation>
    </message>
    <message>
        <source>후처리</source>
        <comment>wrap_up</comment>
        <translation>Wrap-up</translation>
    </message>
    <message>
        <source>후처리 시간(초)</source>
        <translation>Wrap-up time (s)</translation>
    </message>
    <message>
        <source>휴대전화</source>
        <comment>mobile</comment>
        <translation>Mobile</translation>
    </message>
    <message>
        <source>휴무</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>휴무 (영업하면 09:00-18:00)</source>
        <translation>Closed (else 09:00-18:00)</translation>
    </message>
    <message>
        <source>휴무인지 근무인지 고르십시오.</source>
        <comment>needs_day_kind</comment>
        <translation>Choose whether the day is off or worked.</translation>
    </message>
    <message>
        <source>휴식</source>
        <comment>rest</comment>
        <translation>Rest</translation>
    </message>
    <message>
        <source>휴일</source>
        <translation>Holidays</translation>
    </message>
    <message>
        <source>휴일 목록</source>
        <translation>Holidays</translation>
    </message>
    <message>
        <source>휴일 표시를 지웠습니다.</source>
        <translation>The mark of the holiday was removed.</translation>
    </message>
    <message>
        <source>휴일명</source>
        <translation>Holiday</translation>
    </message>
    <message>
        <source>휴일을 저장했습니다.</source>
        <translation>The holiday was saved.</translation>
    </message>
    <message>
        <source>휴일의 이름은 {limit}자까지입니다.</source>
        <comment>holiday_name_too_long</comment>
        <translation>The name of a holiday has at most {limit} characters.</translation>
    </message>
    <message>
        <source>휴일의 이름을 입력하십시오.</source>
        <comment>needs_holiday_name</comment>
        <translation>Type the name of the holiday.</translation>
    </message>
    <message>
        <source>휴일입니다: {name}</source>
        <translation>A holiday: {name}</translation>
    </message>
</context>
</TS>
