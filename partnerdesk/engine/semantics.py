"""What the figures of an evaluation mean, as a number. A closed statement keeps the one that it was closed under, and
is computed again under that one: statements of before there were numbers have the first.
"""

FIRST = 1  # what settlement forfeits or waives stands in the payouts alone
POSTS_LOSSES = 2  # it is an entry of the ledger, too
BEGINS_BELOW = 3  # who earns on lines of partners below has periods from the first fact of any partner further down
IN_ORDER_OF_DAYS = 4  # bands and increments go on in order of day, also where versions share days
SETTLES_DISPUTES = 5  # what a dispute holds leaves the payouts that it was part of, and is no debt of later ones
SPARES_FORFEITED = 6  # what settlement forfeited before it was paid is not clawed back as well
BOUNDS_FEES = 7  # the least and most of a line bound what a rate below zero takes off by its size
GROUP_DECIDES = 8  # a decision for the one at the top of a group holds for all of it, where it is tiered as one
NAMES_APART = 9  # two lines of a fact that two versions pay on have an id each
SPARES_CORRECTED = 10  # what settlement forfeited before it was paid is not taken by a true-up as well
NAMES_METRICS = 11  # a sum of earnings is used where a rule names it, not wherever a word of the format is its name
TELLS_POSTED = 12  # a correction names the line as the statement that posted it had it, or that none did
WEIGHS_TOGETHER = 13  # a weighted mean is divided once by its weights, so that equal parts give exactly what they are
TELLS_UNREADABLE = 14  # a fact whose free attribute should hold its day and does not is told as not counted
REFUSES_ROWS = 15  # a refused row of an opening says nothing of the line that others of its name are
KEEPS_COUNTED = 16  # a tier that a period of an earlier version counts from its first day on is kept by the next one
HOLDS_AS_SETTLED = 17  # a hold keeps what a clawback left alone, and one that falls away was not paid meanwhile
SPARES_WAIVED = 18  # a debt that was waived is not paid back, and what lapsed without a line is not taken again
SETTLES_MOVEMENTS = 19  # what a dispute of a movement or a total holds leaves the payout of its statement, too
BEGINS_COUNTED = 20  # under a version that pays nothing, periods begin with the first fact that a metric counts, too
SUBTRACTS_ONCE = 21  # a payment that was learned after its close is no debt of a later payout
MEASURES_ALIKE = 22  # groups, and parts of earlier windows, are found in each way of asking as in the others
HOLDS_WHAT_IS_THERE = 23  # a dispute holds no more than there is; what is taken of it meanwhile leaves it
SAYS_CONDITIONS = 24  # a rate by one condition says whether it holds, and a payout that its condition does not
NAMES_BANDS = 25  # a line that amounts of bands make names each band that it entered or left
HOLDS_NONE_BEFORE = 26  # before the program's first day the first tier is held, whatever its first review says
LOOKS_AHEAD = 27  # a series of parts to come is looked at from the as-of day, in growth of a finished period, too
KEEPS_STREAMS = 28  # what a stream is, and since when, the version says that would keep it, and not each its own
SPARES_AS_POSTED = 29  # of a line that was corrected, a clawback spares what closed statements forfeited, not today's
SAYS_PLAINLY = 30  # a line of a fixed amount, of a table or of bands by a metric says why as a whole sentence
WAIVES_WHAT_STANDS = 31  # a debt is waived as far as the balance stood below zero after what was really paid
TELLS_CORRECTED = 32  # a correction of what is held of a sum names it and the statement that posted it
UNDOES_WAIVED_APART = 33  # a waived debt is undone by what corrects it, whatever corrects later entries of its line
COUNTS_WHOLE_ONES = 34  # a base in whole ones is a count, and its rate an amount for each one
TELLS_SINCE = 35  # a clawback says since when its window runs, and a correction of one where that ends
REVIEWS_FROM_FIRST_DAY = 36  # before the program's first day the first tier is held under any policy of tiers
EXCHANGES_REFERRED = 37  # an amount of what a fact refers to is exchanged from the currency of that, as its own is
KEEPS_ITS_DAY = 38  # under a partner's own terms, too, a retroactive version is named by its own day, not by its first
HOLDS_WITHOUT_SPARED = 39  # a dispute does not hold what a closed statement gave back of a clawback of forfeited money
LETS_GO_GONE_TIERS = 40  # a move that was to take effect under a version without its tier falls away
LOOKS_BACK_TO_COUNTED = 41  # a series of all time has parts for who has no business, too: since the first fact counted
BEGINS_BY_VERSION = 42  # what only a later version looks at begins no periods before that version's first day
EXCHANGES_REFERRED_APART = 43  # such an amount is exchanged by the rule of each version, not of the first that asked
NEWEST = EXCHANGES_REFERRED_APART
