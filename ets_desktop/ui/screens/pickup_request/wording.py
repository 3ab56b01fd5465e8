"""What the ticket of a claim says, and what the desk is told of it."""

from collections.abc import Iterable

from ets_desktop.domain.claim_requests import ClaimRequest
from ets_desktop.domain.tickets import CONTENT_LIMIT
from ets_desktop.services.claim_requests import ClaimRequested
from ets_desktop.ui.claim_labels import CLAIM_REASONS, CLAIM_TITLES, COURIERS, FEE_PAYERS
from ets_desktop.ui.formats import money_text
from ets_desktop.ui.labels import word
from ets_desktop.ui.language import translated
from ets_desktop.ui.screens.pickup_request.lines import ChosenLine


def content_of(request: ClaimRequest, chosen: Iterable[ChosenLine]) -> str:
    """접수내용: the goods, why, and on what terms; nobody's name or door."""
    lines = [
        translated("{product} {option} {count}개").format(
            product=row.line.product, option=row.line.option, count=row.quantity
        )
        for row in chosen
    ]
    told = [" ".join(line.split()) for line in lines]
    told.append(translated("사유: {reason}").format(reason=word(CLAIM_REASONS, request.reason)))
    if request.fee:
        paid = {"fee": money_text(request.fee), "payer": word(FEE_PAYERS, request.fee_payer)}
        told.append(translated("배송비: {fee} ({payer})").format(**paid))
    if request.pickup is not None:
        courier = word(COURIERS, request.pickup.courier)
        told.append(translated("회수: {courier}").format(courier=courier))
    if request.note:
        told.append(translated("비고: {note}").format(note=request.note))
    return "\n".join(told)[:CONTENT_LIMIT]


def told_of(request: ClaimRequest, made: ClaimRequested) -> str:
    """The status line once it stands."""
    if made.claim.repeated:
        words = translated("이미 접수되어 있습니다. 접수번호 {ticket}, 클레임 {claim}")
    else:
        words = translated("접수했습니다: {title}, 접수번호 {ticket}, 클레임 {claim}")
    return words.format(
        title=word(CLAIM_TITLES, request.claim_type),
        ticket=made.ticket_no,
        claim=made.claim.claim_no,
    )
