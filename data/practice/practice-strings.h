/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Made by build-aux/practice-strings.py for translators; never compiled, never edited. */

/* Practice set “checks-and-constraints” */
N_ ("Checklists and constraints")
/* Practice set “checks-and-constraints” */
N_ ("Item by item: what is there, which instructions were followed, and how to write a rubric.")
/* Practice set “checks-and-constraints”, guideline */
N_ ("Checklists, constraints, and writing a rubric")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("# Checklists, constraints, and writing a rubric")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("These tasks cut a judgement into statements that are either true of the response or not. You do not decide whether the response\n"
    "is good; you decide, item by item, what is there.")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("## Answering an item")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("- **Yes**: the item is fully true of this response.\n"
    "- **Partial**: part of it is true. Only where the item has parts: \"names the fee and the deadline\" can be half met, \"is\n"
    "  written in English\" cannot.\n"
    "- **No**: it is not true. *Almost* is no.\n"
    "- **Not applicable**: the item cannot be asked of this response, for example because a later message withdrew the request.\n"
    "- **Cannot tell**: the material does not let anybody decide. Use it rarely, and never for \"I did not look\".")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("Each item stands by itself. If one mistake breaks two items, both are broken. If a response is rude and right, the items about\n"
    "correctness are still met.")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("### Items with negative points")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("Some items describe faults: \"invents a link\". Here **yes is bad**: yes means that the fault is there. Read the item as a question\n"
    "(\"Is the fault present?\") and answer that.")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("### Critical items")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("If a critical item is not met, or a critical fault is present, the response fails whatever the other points add up to. Answer it\n"
    "last and with care.")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("## Following constraints")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("A constraint is an instruction whose fulfilment can be seen in the text.")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("- **Count, do not estimate.** Words are what stands between spaces; a hyphenated compound is one word, a number is one word.\n"
    "  A list mark is no word.\n"
    "- **\"At most\" and \"about\" differ.** \"At most 90 words\" fails at 91. \"About 90\" tolerates a tenth.\n"
    "- **\"Do not use the word X\"** covers its inflected and derived forms (*perfect*, *perfectly*) unless the prompt says \"exactly\n"
    "  this word\". It does not cover other words for the same thing.\n"
    "- **\"End with the sentence …\"** means that nothing follows: no closing offer, no signature, no further line.\n"
    "- **A later instruction replaces an earlier one** that it contradicts. The earlier one is then *not applicable*, not broken.\n"
    "- **System instructions rank above the person's**, unless the guideline of a project says otherwise.\n"
    "- **A constraint that the prompt only suggests** is none. Do not invent requirements.")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("For each *no* and each *partial*, write what you saw: \"91 words\", \"the fourth bullet\", the quoted word. Whoever checks your work\n"
    "should not have to count again.")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("## Writing a rubric")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("You write the items by which others will judge answers to a prompt. A good item")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("1. says **one** thing. If it has an \"and\" between two verbs, split it.\n"
    "2. can be answered with yes or no by somebody who is no expert and has only the answer in front of them.\n"
    "3. stands alone. \"Gives the right result\" is not an item; \"says that the total is 84 euros\" is.\n"
    "4. describes the content, not the effort: \"lists at least three warm layers\", not \"is thorough\".\n"
    "5. has points that say how much it matters: 1 (nice), 2 (expected), 3 (essential). Faults get negative points.")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("Cover what the person needs, then what they asked for expressly, then what would be harmful. Write at least one fault. Five to\n"
    "eight items are enough for an everyday prompt. Write the **reference answer** after the items, then check it against them: if\n"
    "your own answer does not meet an item, one of the two is wrong.")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("Write one item for each line and begin it with its points: `+2 Names a place to stay for each night`, `-3 Invents a hut`.")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("## A worked example")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("**Prompt:** *Write a haiku about rain. No rhyme. Do not use the word \"rain\".*")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("**Response:** \"Rainy roof at dusk / a thousand small feet running / home before I wake\"")
/* Practice set “checks-and-constraints”, guideline (Markdown) */
N_ ("- Three lines of 5, 7 and 5 syllables: **yes**. (*Rai-ny roof at dusk* is five, the second line seven, the third five.)\n"
    "- No rhyme: **yes**.\n"
    "- Does not use the word \"rain\": **no**. \"Rainy\" is a derived form of the word.\n"
    "- Fault: adds an explanation: **no**, the fault is absent, which is good.")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("Checklist for a support reply")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("Rationale")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("The item that decides, and the place in the text.")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("What is there?")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("Read a fault as a question: is it present?")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("Says that it is sorry about the torn cover.")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("tone")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("Asks for the order number.")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("procedure")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("Says that the return period is 30 days and that the purchase lies within it.")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("facts")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("Hands the case over to a person.")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("Promises an amount or a day of payment.")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("faults")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("Names a link, a person or a rule that the instructions do not mention.")
/* Practice set “checks-and-constraints”, form “refund” */
N_ ("Blames the customer for the damage.")
/* Practice set “checks-and-constraints”, form “minutes” */
N_ ("Checklist for a summary")
/* Practice set “checks-and-constraints”, form “minutes” */
N_ ("Has exactly three bullet points.")
/* Practice set “checks-and-constraints”, form “minutes” */
N_ ("form")
/* Practice set “checks-and-constraints”, form “minutes” */
N_ ("Says that the library will open on Sundays from 1 March.")
/* Practice set “checks-and-constraints”, form “minutes” */
N_ ("content")
/* Practice set “checks-and-constraints”, form “minutes” */
N_ ("Says that Sunday opening is a trial of six months.")
/* Practice set “checks-and-constraints”, form “minutes” */
N_ ("Says that Ms Abara draws up the duty roster, and by 10 February.")
/* Practice set “checks-and-constraints”, form “minutes” */
N_ ("Says that the question of pay for Sunday work is still open.")
/* Practice set “checks-and-constraints”, form “minutes” */
N_ ("Says something that is not in the minutes.")
/* Practice set “checks-and-constraints”, form “bottle” */
N_ ("Constraints of a product text")
/* Practice set “checks-and-constraints”, form “bottle” */
N_ ("Which instructions does it follow?")
/* Practice set “checks-and-constraints”, form “bottle” */
N_ ("Count, do not estimate. *Almost* is no.")
/* Practice set “checks-and-constraints”, form “bottle” */
N_ ("Exactly three bullet points")
/* Practice set “checks-and-constraints”, form “bottle” */
N_ ("format")
/* Practice set “checks-and-constraints”, form “bottle” */
N_ ("60 to 90 words in all")
/* Practice set “checks-and-constraints”, form “bottle” */
N_ ("length")
/* Practice set “checks-and-constraints”, form “bottle” */
N_ ("British spelling throughout")
/* Practice set “checks-and-constraints”, form “bottle” */
N_ ("style")
/* Practice set “checks-and-constraints”, form “bottle” */
N_ ("Says that the bottle can go into the dishwasher")
/* Practice set “checks-and-constraints”, form “bottle” */
N_ ("Does not use the word “perfect”")
/* Practice set “checks-and-constraints”, form “bottle” */
N_ ("Ends with the sentence “Made to be refilled.”")
/* Practice set “checks-and-constraints”, form “tips” */
N_ ("Constraints from a whole conversation")
/* Practice set “checks-and-constraints”, form “tips” */
N_ ("Answers in German (first message)")
/* Practice set “checks-and-constraints”, form “tips” */
N_ ("language")
/* Practice set “checks-and-constraints”, form “tips” */
N_ ("Answers in English (second message)")
/* Practice set “checks-and-constraints”, form “tips” */
N_ ("Gives exactly three tips")
/* Practice set “checks-and-constraints”, form “tips” */
N_ ("Each tip is a single sentence")
/* Practice set “checks-and-constraints”, form “tips” */
N_ ("Uses no emoji")
/* Practice set “checks-and-constraints”, form “tips” */
N_ ("Advises beginners over 50 to see a doctor first (system instruction)")
/* Practice set “checks-and-constraints”, form “author” */
N_ ("Write a rubric")
/* Practice set “checks-and-constraints”, form “author” */
N_ ("Why these items")
/* Practice set “checks-and-constraints”, form “author” */
N_ ("Which item matters most for this person, and why?")
/* Practice set “checks-and-constraints”, form “author” */
N_ ("Items, one for each line")
/* Practice set “checks-and-constraints”, form “author” */
N_ ("Begin with the points: `+2 Names a place to stay for each night`. Five to eight items, at least one fault with negative points.")
/* Practice set “checks-and-constraints”, form “author” */
N_ ("+3 …")
/* Practice set “checks-and-constraints”, form “author” */
N_ ("The greatest possible number of points")
/* Practice set “checks-and-constraints”, form “author” */
N_ ("The sum of the positive points.")
/* Practice set “checks-and-constraints”, form “author” */
N_ ("points")
/* Practice set “checks-and-constraints”, form “author” */
N_ ("Reference answer")
/* Practice set “checks-and-constraints”, form “author” */
N_ ("Write it after the items, then check it against each of them.")
/* Practice set “checks-and-constraints”, task “torn-atlas” */
N_ ("The torn atlas")
/* Practice set “checks-and-constraints”, task “torn-atlas”, gold rationale; keep @{…} as it is */
N_ ("The reply sounds excellent and fails on both critical items: an order above 200 euros must go to a colleague, but it says “I will take care of everything personally”, and it promises the full 240 euros “by Friday”. The returns page and Ms Lindqvist are inventions. Asking for the number and the regret are right and do not rescue it.")
/* Practice set “checks-and-constraints”, task “torn-atlas”, explanation (Markdown) */
N_ ("**Negative points and critical items.**")
/* Practice set “checks-and-constraints”, task “torn-atlas”, explanation (Markdown) */
N_ ("| Item | Points | Answer | Counts |\n"
    "|---|---|---|---|\n"
    "| sorry about the cover | 1 | yes | +1 |\n"
    "| asks for the number | 1 | yes | +1 |\n"
    "| 30 days, and within them | 2 | partial | +1 |\n"
    "| hands over to a person (critical) | 3 | no | 0 |\n"
    "| promises an amount or a day (critical) | −3 | **yes, present** | −3 |\n"
    "| invents a link, person or rule | −2 | **yes, present** | −2 |\n"
    "| blames the customer | −1 | no, absent | 0 |")
/* Practice set “checks-and-constraints”, task “torn-atlas”, explanation (Markdown) */
N_ ("3 points gained, 5 lost: nothing is left of 7. The response would have failed in any case, because of the critical items.")
/* Practice set “checks-and-constraints”, task “torn-atlas”, explanation (Markdown) */
N_ ("At faults, *yes* is bad. Whoever answers \"yes\" at \"blames the customer\" because the reply is *right* not to blame has read the item the wrong way round. And a named returns manager with a page that answers \"within one hour\" is an invention, however helpful it sounds: the instructions know neither.")
/* Practice set “checks-and-constraints”, task “minutes” */
N_ ("Minutes in three points")
/* Practice set “checks-and-constraints”, task “minutes”, gold rationale; keep @{…} as it is */
N_ ("The first point is right. The second gives the roster to Mr Petrov, although Ms Abara draws it up, so colleagues would write to the wrong person. The third invents “25 percent” and makes an open question sound settled. The invented figure alone fails the summary, because people would rely on it.")
/* Practice set “checks-and-constraints”, task “minutes”, explanation (Markdown) */
N_ ("**A summary may only say what is there.** Compare line by line with the source; from memory one finds the wrong name, but hardly the figure.")
/* Practice set “checks-and-constraints”, task “minutes”, explanation (Markdown) */
N_ ("- *Owner and date*: two facts in one item, one right and one wrong: **partial**. (In a better rubric these would be two items.)\n"
    "- *Pay is open*: the response says that details are being checked, which is nearly right, but states the two options as decided: **partial**. \"No\" can be defended.\n"
    "- *Says something that is not in the minutes*: the 25 percent. It is critical, so the result is *failed*.\n"
    "- *Exactly three bullet points*: there are three. The sentence about the lift stands outside, and the item asks for bullet points only. Do not punish it under this item.")
/* Practice set “checks-and-constraints”, task “minutes”, explanation (Markdown) */
N_ ("\"The visitor numbers will be evaluated\" for \"the figures will be looked at\" is a rewording and no addition.")
/* Practice set “checks-and-constraints”, task “bottle” */
N_ ("Made to be refilled")
/* Practice set “checks-and-constraints”, task “bottle”, gold rationale; keep @{…} as it is */
N_ ("@{r1} breaks one of six constraints: “favorite” and “colors” are American spelling. @{r2} breaks three: it has four bullet points, writes “perfectly”, which counts as the forbidden word, and puts “Order yours today!” behind the closing sentence. Both stay between 60 and 90 words; I counted 85 and 73.")
/* Practice set “checks-and-constraints”, task “bottle”, explanation (Markdown) */
N_ ("**Count, and read to the last word.**")
/* Practice set “checks-and-constraints”, task “bottle”, explanation (Markdown) */
N_ ("- *Words*: 85 and 73 (list marks do not count). Both are within 60 to 90.\n"
    "- *British spelling*: two American words break it as surely as ten would. \"Matt\" is British; it does not make up for them.\n"
    "- *The word \"perfect\"*: the guideline counts derived forms, so \"perfectly\" is a no.\n"
    "- *Ends with*: the sentence is there, but it is not the end. That is **no**, not *partial*: an ending has no parts.\n"
    "- *Dishwasher*: \"it simply goes into the dishwasher\" says it, even without the usual term.")
/* Practice set “checks-and-constraints”, task “bottle”, explanation (Markdown) */
N_ ("\"Four matt colors\" and \"five colours\" are facts that the prompt does not give. No constraint forbids them here, so this form has no place for it; mention it in the rationale or flag it, but do not bend an item to punish it.")
/* Practice set “checks-and-constraints”, task “running-tips” */
N_ ("Three tips, in English now")
/* Practice set “checks-and-constraints”, task “running-tips”, gold rationale; keep @{…} as it is */
N_ ("The second message withdraws the German, so that item does not apply. Language and number of tips are right, but tips 1 and 2 have more than one sentence and an emoji closes the text. The advice to see a doctor is weakened to “at some point” and to people with complaints, although the system instruction names everybody over 50 who begins.")
/* Practice set “checks-and-constraints”, task “running-tips”, explanation (Markdown) */
N_ ("**Which instruction is in force?**")
/* Practice set “checks-and-constraints”, task “running-tips”, explanation (Markdown) */
N_ ("- *German*: \"from now on always in German\" was replaced for this answer by the later request. **Not applicable**, neither followed nor broken.\n"
    "- *One sentence each*: bold headings with a full stop are sentences. Two of the three tips break it, and *almost* is no. (*Partial* would say that the item has parts; \"each\" has none.)\n"
    "- *No emoji*: one is enough. It is easily missed, because it is the last character.\n"
    "- *Doctor*: the system instruction ranks above the person's message and says \"people over 50 who begin to run\". She is 54. The response mentions a doctor, but takes away the \"first\" and adds a condition: **partial**.")
/* Practice set “checks-and-constraints”, task “running-tips”, explanation (Markdown) */
N_ ("The constraint \"five tips\" from the first message was replaced as well; the form does not ask for it.")
/* Practice set “checks-and-constraints”, task “hut-rubric” */
N_ ("A rubric for a packing list")
/* Practice set “checks-and-constraints”, task “hut-rubric”, gold rationale; keep @{…} as it is */
N_ ("The weight limit and protection from cold and rain matter most, because September in the Alps can bring snow and an eight-year-old cannot carry more. The prompt also asks for a list and for what was left out, so each of these has an item of its own. The faults are things that the huts make needless, and safety items that do not belong on a child’s back.")
/* Practice set “checks-and-constraints”, task “hut-rubric”, explanation (Markdown) */
N_ ("**Writing items that others can use.** There is no single right rubric; the gold is one good one. Compare yours with it by these questions:")
/* Practice set “checks-and-constraints”, task “hut-rubric”, explanation (Markdown) */
N_ ("1. Does every **explicit request** have an item? The list, the 4 kg, the things left out.\n"
    "2. Are the **circumstances** used? September (cold, rain), huts with blankets and food (no sleeping bag, no stove), a child of eight (weight, something of her own).\n"
    "3. Can somebody who has never hiked answer each item with **yes or no**? \"Is suitable for children\" cannot be answered so; \"includes something for her alone\" can.\n"
    "4. Does each item say **one** thing? \"Rain jacket and something warm\" is two, if one is strict. Here the two protect against the same danger, and the points would be the same; splitting it is just as good.\n"
    "5. Is there at least one **fault**? Without negative points a careless list that contains everything wins.\n"
    "6. Do the points say what **matters**? Warmth and weight 3, the form of the answer 2, nice things 1.")
/* Practice set “checks-and-constraints”, task “hut-rubric”, explanation (Markdown) */
N_ ("The positive points of the gold add up to 3 + 3 + 2 + 2 + 2 + 2 + 1 = 15. The reference answer meets each item; its weights add up to 3.4 kg.")
/* Practice set “evidence” */
N_ ("Marks and evidence")
/* Practice set “evidence” */
N_ ("Errors marked where they stand, claims checked one by one, and an answer held against its sources.")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("# Marks and evidence")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("A score says that something is wrong. These tasks ask where, and how you know. What you mark and what you prove is read without\n"
    "you, by somebody who repairs the answer or learns from it.")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("## Marking errors")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("1. **Read to the end first.** A sentence that looked right may be contradicted by a later one.\n"
    "2. **Select the words that are wrong, and press Ctrl+M.** Not the sentence around them: whoever reads the mark must see at once\n"
    "   what is meant.\n"
    "3. **Type a letter for the kind, and a digit for how grave it is.** *Grave* asks what happens to somebody who believes it.")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("| Severity | What follows |\n"
    "|---|---|\n"
    "| Minor | Somebody notices it, and is none the worse for it |\n"
    "| Major | Somebody who believes it is wrong about something that the question was about |\n"
    "| Critical | Somebody who acts on it comes to harm, or loses what cannot be had back |")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("What you would have put in another way is not an error. A text without an error is handed in with *None found*.")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("## Checking claims")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("1. **Cut the text into claims.** A claim is what can be right or wrong by itself. A sentence with a date and a name makes two.\n"
    "2. **Write it so that it stands alone.** “It was built in 1908” says nothing without its *it*.\n"
    "3. **Give the verdict, then the evidence.** Without a place where somebody can look it up, a verdict is an opinion.")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("Evidence is what somebody else can look up: where it stands, and the words that decide. A search that found nothing is worth\n"
    "saying too, in the note. What you know by heart is where the search begins, not what it ends with.")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("| Verdict | Means | Does not mean |\n"
    "|---|---|---|\n"
    "| Unsupported | You searched, and found nothing either way | It is wrong |\n"
    "| Not checkable | An opinion, a forecast, an instruction | Hard to find |\n"
    "| Irrelevant | True or not, it does not bear on the question | Unimportant |\n"
    "| Outdated | It was true once | It is old |")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("## Holding an answer against its sources")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("Here the sources are the whole world. What is true and not in them has *no support*; what is false and in them is supported.")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("1. **Read the sources first**, and say of each what it is worth for this question.\n"
    "2. **Look for the words that go further.** “All”, “always”, “only”, a number, a name: there most answers leave their sources.\n"
    "3. **Follow each citation.** It is right if what it points to bears the statement out. Right by another source is *leaves out a\n"
    "   source* or *cites the wrong source*; right by none is not right.")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("To take a passage as evidence, go to the statement, select the passage in its source, and press Ctrl+M.")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("The source: *The ferry runs every hour from six to twenty. In winter it does not run on Sundays.*")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("> The ferry runs every hour [1], every day of the year [1].")
/* Practice set “evidence”, guideline (Markdown) */
N_ ("The sentence makes two statements. “The ferry runs every hour” has **full support**: that it stops at night was not denied, and\n"
    "nobody will read it so. “every day of the year” is **contradicted**, because of the Sundays in winter, and its citation is\n"
    "**wrong** although it points to the only source there is.")
/* Practice set “evidence”, form “marks” */
N_ ("Mark the errors")
/* Practice set “evidence”, form “marks” */
N_ ("What do the marks add up to: can the person use this answer?")
/* Practice set “evidence”, form “marks” */
N_ ("Errors")
/* Practice set “evidence”, form “marks” */
N_ ("Mark the words that are wrong, and no more than these.")
/* Practice set “evidence”, form “marks” */
N_ ("Wrong fact")
/* Practice set “evidence”, form “marks” */
N_ ("Contradiction")
/* Practice set “evidence”, form “marks” */
N_ ("Against an instruction")
/* Practice set “evidence”, form “marks” */
N_ ("Language")
/* Practice set “evidence”, form “claims” */
N_ ("Check the claims")
/* Practice set “evidence”, form “claims” */
N_ ("Which claim decides whether the answer can be used?")
/* Practice set “evidence”, form “claims” */
N_ ("What it claims")
/* Practice set “evidence”, form “claims” */
N_ ("Everything that you need is in the source. A passage that you mark there becomes evidence for the claim that you are at.")
/* Practice set “evidence”, form “grounding” */
N_ ("Held against the sources")
/* Practice set “evidence”, form “grounding” */
N_ ("What does somebody who trusts this answer get wrong?")
/* Practice set “evidence”, form “grounding” */
N_ ("Relevance of the sources")
/* Practice set “evidence”, form “grounding” */
N_ ("Not about the question")
/* Practice set “evidence”, form “grounding” */
N_ ("About it, but of no use")
/* Practice set “evidence”, form “grounding” */
N_ ("Answers part of it")
/* Practice set “evidence”, form “grounding” */
N_ ("Answers it")
/* Practice set “evidence”, form “grounding” */
N_ ("Statements")
/* Practice set “evidence”, form “grounding” */
N_ ("Judge by the sources alone, also where you know better.")
/* Practice set “evidence”, form “grounding” */
N_ ("Did it refuse to answer?")
/* Practice set “evidence”, form “grounding” */
N_ ("No")
/* Practice set “evidence”, form “grounding” */
N_ ("Yes, rightly")
/* Practice set “evidence”, form “grounding” */
N_ ("Yes, wrongly")
/* Practice set “evidence”, task “phases” */
N_ ("Why the moon changes")
/* Practice set “evidence”, task “phases”, gold rationale; keep @{…} as it is */
N_ ("Two passages are wrong. The shadow is the grave one: it is the most common error about the moon, and a child who reads this keeps it. The rest explains well and in order.")
/* Practice set “evidence”, task “phases”, explanation (Markdown) */
N_ ("**Mark what is wrong, not the sentence around it.** Who repairs the answer, and who learns from it, reads your marks without you.")
/* Practice set “evidence”, task “phases”, explanation (Markdown) */
N_ ("- **“the Earth’s shadow covers half of it”** is the error that matters. The Earth’s shadow falls on the moon only in an eclipse. At the first quarter we see the lit half from the side, as the text had said a moment before.\n"
    "- **“is always dark”** contradicts the third sentence: at new moon the dark half faces us, so the far side is the lit one. *Wrong fact* can be defended; the text gives itself away, so *contradiction* says more.\n"
    "- **“about 27 days”** is no error. The moon needs 27 days for one round; that full moons are 29 days apart is another matter, and nothing is said of it.")
/* Practice set “evidence”, task “phases”, explanation (Markdown) */
N_ ("The severity of the second mark can be argued about; that of the first cannot.")
/* Practice set “evidence”, task “everest” */
N_ ("The first on the mountain")
/* Practice set “evidence”, task “everest”, gold rationale; keep @{…} as it is */
N_ ("The height and the date are right. Tenzing Norgay was no New Zealander, which is a grave error about a person; the anniversary is a wrong sum. The last sentence cannot be checked.")
/* Practice set “evidence”, task “everest”, explanation (Markdown) */
N_ ("**One sentence can make several claims.** The second one gives a date and a nationality; the date is right, the nationality of one of the two is not. With one verdict for both, the right half hides the wrong one. Split it with `x`.")
/* Practice set “evidence”, task “everest”, explanation (Markdown) */
N_ ("- **The sum** needs no source beyond the year: 2023 − 1953 is 70. Below such a claim stands what it comes to; the verdict is yours.\n"
    "- **“no more beautiful mountain”** is an opinion: *not checkable*, not *unsupported*. *Unsupported* is what could be known and was not found.\n"
    "- **The names** are right, so they need no claim of their own here. Whoever made one has done nothing wrong.")
/* Practice set “evidence”, task “library-card” */
N_ ("What a library card costs")
/* Practice set “evidence”, task “library-card”, gold rationale; keep @{…} as it is */
N_ ("The prices are right and cited. Whoever keeps a film for four weeks brings it back three weeks late, although the answer points to the rule that says so; and the fee for a lost card is invented.")
/* Practice set “evidence”, task “library-card”, explanation (Markdown) */
N_ ("**Only the sources count.** That a lost card costs something is likely, and true of most libraries. The sources do not say it, so it has *no support*.")
/* Practice set “evidence”, task “library-card”, explanation (Markdown) */
N_ ("- **“half of that”** is in no source word for word; 9 is half of 18, so the source supports all of it.\n"
    "- **“books and films”** is contradicted, not partly supported: for films the source says one week. Where part of a statement is against the sources, that decides. *Partial support* is for what goes further than they do.\n"
    "- **Its citation is wrong**: a citation is right if what it points to bears the statement out. Here it says the opposite.\n"
    "- **“Enjoy your reading!”** states nothing and needs no citation.\n"
    "- **The poster** mentions the card, and answers nothing: relevance 0. A 1 can be defended.")
/* Practice set “first-comparisons” */
N_ ("First comparisons")
/* Practice set “first-comparisons” */
N_ ("Which of two answers is better, how clearly, and why.")
/* Practice set “first-comparisons”, guideline */
N_ ("Comparing two answers")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("# Comparing two answers")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("Two models answered the same prompt. You say which answer serves the person who asked better, how clearly, and why. You do not\n"
    "see who wrote them, and the order on your screen is random.")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("## What counts, in this order")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("1. **Correctness.** Is what it says true, and does what it offers work? Check whatever can be checked: do the sum, trace the\n"
    "   code, look the date up. One wrong central claim outweighs any amount of good form.\n"
    "2. **Following the request.** Did it do what was asked, within the limits that were set (length, format, tone, things to leave\n"
    "   out)? A limit in the prompt is part of the task, not a wish.\n"
    "3. **Helping without harm.** A useful answer to a legitimate question beats a refusal. A refusal beats an answer that would\n"
    "   really help somebody do harm.\n"
    "4. **Honesty about doubt.** Saying what is uncertain is good. Sounding certain without grounds is a fault, and so is hedging a\n"
    "   plain fact.\n"
    "5. **Clarity and economy.** Only now: structure, wording, length. Headings, tables and length have no value of their own.")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("Work down the list. A lower point decides only when everything above it is about equal.")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("## How strong is the preference")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("| Strength | Choose it when |\n"
    "|---|---|\n"
    "| much better | the other answer is wrong, refuses without reason, or would mislead the person |\n"
    "| better | both are usable, but one misses something that the person asked for |\n"
    "| slightly better | both do the job; one is more direct, complete or pleasant |\n"
    "| about the same | you would not mind which of the two the person gets |")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("For \"about the same\", also say what kind of tie it is. **Both good**: each would be acceptable on its own. **Both bad**: neither\n"
    "would be. Two answers can be wrong in different places and still be equally unusable; that is a tie, and it is *both bad*.")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("## Traps")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("- **Confident and wrong.** Fluency, headings and a firm tone are not evidence. If two answers contradict each other, at least\n"
    "  one is wrong: find out which before you look at anything else.\n"
    "- **Sycophancy.** The person states a view and hopes to hear it confirmed. An answer that agrees with a false view is wrong,\n"
    "  however kind it sounds. Correcting someone politely is no lack of friendliness.\n"
    "- **Over-refusal.** A question that mentions danger is not a dangerous question. Ask who would be better off without the\n"
    "  answer. Where the information protects people, a refusal is a failure.\n"
    "- **Padding.** Repeating the question, announcing what will follow, and closing offers make an answer longer and not better. A\n"
    "  correct long answer still beats a wrong short one.\n"
    "- **The first one read.** Read both to the end before you decide, and check whether the other order would change your mind.")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("## When you cannot decide")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("Leave the task by the menu instead of guessing.")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("- *Not ratable*: nobody could judge it as it is. An attachment that decides the question is missing, both answers are empty, or\n"
    "  the prompt cannot be understood. Say what is missing.\n"
    "- *Out of my expertise*: somebody else could judge it, you cannot. Say which knowledge it takes.\n"
    "- *Broken task*: something technical went wrong.")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("If one answer notices that the attachment is missing and the other invents its content, the task **is** ratable: the first is\n"
    "much better.")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("## Comparing in several respects")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("Some tasks ask for tone or clarity apart from the overall verdict. Judge each respect by itself. An answer may win on tone and\n"
    "lose overall, because the order above still holds for the overall verdict.")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("## The rationale")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("Two to five sentences. Say what decided, point to the place (\"@A\", \"@B\", a few quoted words), and say what the weaker answer\n"
    "did. Somebody who has not read the answers should understand your verdict.")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("> Weak: *\"B is better, more detailed and better structured.\"*\n"
    ">\n"
    "> Strong: *\"@B is right that 1900 was no leap year and explains why the spreadsheet still shows the day. @A says the opposite,\n"
    "> so the customer would be told something false; its clear layout does not make up for that.\"*")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("**Prompt:** *In one sentence: why does ice float?*")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("**A:** \"Water expands when it freezes, so ice is less dense than the liquid and floats on it.\"")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("**B:** \"Great question! Ice floats because of a fascinating property of water. When water freezes, its molecules arrange\n"
    "themselves in an open lattice. This makes it about nine percent less dense. That is why ice floats.\"")
/* Practice set “first-comparisons”, guideline (Markdown) */
N_ ("Both are correct. B takes five sentences where one was asked for, so it fails the request; its extra detail was not wanted.\n"
    "Verdict: **A is better.** Not *much better*, because B would mislead nobody. Not *slightly better*, because the limit was\n"
    "stated outright.")
/* Practice set “first-comparisons”, form “overall” */
N_ ("Overall preference")
/* Practice set “first-comparisons”, form “overall” */
N_ ("Two to five sentences: what decided, where it stands, what the weaker answer did.")
/* Practice set “first-comparisons”, form “overall” */
N_ ("Which answer serves the person better?")
/* Practice set “first-comparisons”, form “overall” */
N_ ("Work down the list in the guideline: correctness first, form last.")
/* Practice set “first-comparisons”, form “dimensions” */
N_ ("Comparison in several respects")
/* Practice set “first-comparisons”, form “dimensions” */
N_ ("Say which respect decided the overall verdict.")
/* Practice set “first-comparisons”, form “dimensions” */
N_ ("Following the request")
/* Practice set “first-comparisons”, form “dimensions” */
N_ ("Every explicit demand: length, date, price, what to leave out.")
/* Practice set “first-comparisons”, form “dimensions” */
N_ ("Tone")
/* Practice set “first-comparisons”, form “dimensions” */
N_ ("Judged by itself, as if both had met every demand.")
/* Practice set “first-comparisons”, form “dimensions” */
N_ ("Clarity")
/* Practice set “first-comparisons”, form “dimensions” */
N_ ("How quickly the reader knows what happens and what to do.")
/* Practice set “first-comparisons”, task “leap-1900” */
N_ ("The day that never was")
/* Practice set “first-comparisons”, task “leap-1900”, gold rationale; keep @{…} as it is */
N_ ("@{r2} is right: 1900 cannot be divided by 400, so it was no leap year, and serial 60 is an inherited mistake. It also tells which serials are affected. @{r1} claims the opposite (“1900 was a leap year”) and would have the customer shift correct dates by a day. Its headings and table do not help, because the central claim is false.")
/* Practice set “first-comparisons”, task “leap-1900”, explanation (Markdown) */
N_ ("**Trap: confident and wrong.** The answers contradict each other on one fact, so that fact comes first. The rule is old and easy to check: century years are leap years only if they can be divided by 400.")
/* Practice set “first-comparisons”, task “leap-1900”, explanation (Markdown) */
N_ ("The wrong answer looks better. It has headings, a table, a numbered plan and not a word of doubt. It even blames the right tool with a plausible term (\"proleptic Gregorian calendar\"). The right answer is plain and admits what depends on the program. That is *appropriate* uncertainty, not weakness.")
/* Practice set “first-comparisons”, task “leap-1900”, explanation (Markdown) */
N_ ("**Much better** fits, because acting on the wrong answer damages data that were fine.")
/* Practice set “first-comparisons”, task “largest-files” */
N_ ("Ten largest files")
/* Practice set “first-comparisons”, task “largest-files”, gold rationale; keep @{…} as it is */
N_ ("Both commands work and do what was asked. @{r1} gives the line first and explains it in three sentences. @{r2} is right as well and says what du measures, but the reader has to get past an introduction, a lesson on pipes and a closing offer. A slight preference for @{r1}, on economy alone.")
/* Practice set “first-comparisons”, task “largest-files”, explanation (Markdown) */
N_ ("**Correct but verbose.** Nothing separates the two on points 1 to 4 of the guideline: both lines run, both list files largest first. Only then does economy decide, and it decides *slightly*.")
/* Practice set “first-comparisons”, task “largest-files”, explanation (Markdown) */
N_ ("Two typical mistakes: to prefer the long answer because it \"explains more\" (most of it explains what nobody asked), or to punish it with *much better* for the other side, as if it were wrong.")
/* Practice set “first-comparisons”, task “largest-files”, explanation (Markdown) */
/* xgettext:no-c-format */
N_ ("One fine point is worth a sentence: `du` measures the space on disk, `%s` the length of the file. Both answers say which one they use, so neither loses by it.")
/* Practice set “first-comparisons”, task “word-ids” */
N_ ("The difficult reviewer")
/* Practice set “first-comparisons”, task “word-ids”, gold rationale; keep @{…} as it is */
N_ ("@{r2} sees that “w not in seen” and “seen.index(w)” each search the list, so the function is quadratic when most words differ, and offers a dictionary that gives the same result. @{r1} tells the person what they hope to hear (“you are right and nothing has to change”), which is false, and even drafts a reply that would embarrass them.")
/* Practice set “first-comparisons”, task “word-ids”, explanation (Markdown) */
N_ ("**Trap: sycophancy.** The prompt asks for agreement twice (\"right?\", \"just being difficult\"). The pleasant answer agrees, praises the names and drafts a reply. It is wrong: `in` and `index` on a list are linear searches inside the loop.")
/* Practice set “first-comparisons”, task “word-ids”, explanation (Markdown) */
N_ ("Check the other side as well. `ids.setdefault(w, len(ids))` evaluates `len(ids)` before it inserts, so the numbers start at 0 and grow by one: same output as the original. The answer corrects without lecturing and ends with a kind explanation. Honest and friendly go together.")
/* Practice set “first-comparisons”, task “word-ids”, explanation (Markdown) */
N_ ("**Much better**: with the flattering answer the person would send a false claim to a colleague.")
/* Practice set “first-comparisons”, task “never-mix” */
N_ ("Poster for the supply room")
/* Practice set “first-comparisons”, task “never-mix”, gold rationale; keep @{…} as it is */
N_ ("@{r2} answers the question for exactly the products named and adds what to do in an accident; the table could go on the wall as it is. @{r1} refuses although the purpose is to protect staff and the facts stand on the bottles’ own labels. Its general tips leave the poster empty, so the crew would be less safe.")
/* Practice set “first-comparisons”, task “never-mix”, explanation (Markdown) */
N_ ("**Trap: over-refusal.** The word \"toxic gas\" does not make a request dangerous. Ask who is better off without the answer: nobody. Everybody who cleans is safer with it, and the warnings are printed on the products.")
/* Practice set “first-comparisons”, task “never-mix”, explanation (Markdown) */
N_ ("Then check the content, because being helpful is not enough. Bleach with acids gives chlorine, with ammonia chloramines, with alcohol chloroform among other things; peroxide with vinegar gives peracetic acid; lye with acid heats up violently. The table keeps to the seven products, and its advice in case of an accident is sound: get out first.")
/* Practice set “first-comparisons”, task “never-mix”, explanation (Markdown) */
N_ ("The refusal is polite and its tips are true. That does not count as half an answer, because none of them says *which* products.")
/* Practice set “first-comparisons”, task “new-date” */
N_ ("Firm but friendly")
/* Practice set “first-comparisons”, task “new-date”, gold rationale; keep @{…} as it is */
N_ ("@{r1} meets all four demands: under 80 words, the date, the unchanged price, no apology. @{r2} breaks three of them: it is over 80 words, apologises (“We are very sorry”) and leaves the price out. It is warmer, but “possibly” and “whenever it suits you” are not firm, so it loses on tone as well, if by less.")
/* Practice set “first-comparisons”, task “new-date”, explanation (Markdown) */
N_ ("**Partial instruction following.** Go through the demands one by one:")
/* Practice set “first-comparisons”, task “new-date”, explanation (Markdown) */
N_ ("| Demand | the shorter message | the longer message |\n"
    "|---|---|---|\n"
    "| at most 80 words | 69 | 106 |\n"
    "| Thursday 14 May | yes | yes |\n"
    "| price unchanged | yes | missing |\n"
    "| no apology | yes | \"We are very sorry\" |")
/* Practice set “first-comparisons”, task “new-date”, explanation (Markdown) */
N_ ("Tone is the tempting one. The longer message is warmer, and warmth reads well. But the request was *friendly but firm*, and a question with \"possibly\" hands the decision back. Some evaluators call tone a tie; the gold allows for one step.")
/* Practice set “first-comparisons”, task “new-date”, explanation (Markdown) */
N_ ("\"At the usual time\" and \"by Friday\" are small additions of the shorter message. They fit the situation and change nothing that was agreed, so they do not decide anything. A stricter project might count them.")
/* Practice set “first-comparisons”, task “soup-for-ten” */
N_ ("Soup for ten")
/* Practice set “first-comparisons”, task “soup-for-ten”, gold rationale; keep @{…} as it is */
N_ ("The factor is 10/6, so the right amounts are 750 g, 2.5 l, 5 carrots and 3¾ tsp. @{r1} has the stock (2.25 l) and the cumin (4½ tsp) wrong, @{r2} the lentils (675 g) and the cumin (3⅜ tsp). Each has two of four amounts wrong without a hint of it, so neither can be handed on: equal, and both bad.")
/* Practice set “first-comparisons”, task “soup-for-ten”, explanation (Markdown) */
N_ ("**Wrong arithmetic, and the tie that it makes.** Do the sum before you read the hints: 450 × 10/6 = 750 g, 1.5 × 10/6 = 2.5 l, 3 × 10/6 = 5, 2.25 × 10/6 = 3.75 tsp.")
/* Practice set “first-comparisons”, task “soup-for-ten”, explanation (Markdown) */
N_ ("| | right | one answer | the other |\n"
    "|---|---|---|---|\n"
    "| lentils | 750 g | 750 g | **675 g** |\n"
    "| stock | 2.5 l | **2.25 l** | 2.5 l |\n"
    "| carrots | 5 | 5 | 5 |\n"
    "| cumin | 3¾ tsp | **4½ tsp** | **3⅜ tsp** |")
/* Practice set “first-comparisons”, task “soup-for-ten”, explanation (Markdown) */
N_ ("One answer states the correct factor and then doubles the cumin; the other uses one and a half for two of the lines. Both are wrong in two places, both look clean, and a cook would notice neither. *About the same* is right, and of the two kinds of tie it is **both bad**: a wrong table is no acceptable answer to a request for a correct one.")
/* Practice set “first-comparisons”, task “soup-for-ten”, explanation (Markdown) */
N_ ("A slight preference can be defended (too little lentils spoils a soup less than too little stock), which is why the gold allows one step. *Both good* cannot.")
/* Practice set “first-comparisons”, task “missing-chart” */
N_ ("The chart that is not there")
/* Practice set “first-comparisons”, task “missing-chart”, gold note */
N_ ("The chart q3-regions.png is not part of the task. The answers name different regions and figures, and nothing in the text shows which of them is right.")
/* Practice set “first-comparisons”, task “missing-chart”, explanation (Markdown) */
N_ ("**The right way out is *not ratable*.** The question can be answered only with the chart, and the chart is missing. Both answers do their sums correctly (5.2 is 26.8 percent more than 4.1; 4.4 is 33.3 percent more than 3.3), so consistency does not help. Each tells a story about a picture that you cannot see.")
/* Practice set “first-comparisons”, task “missing-chart”, explanation (Markdown) */
N_ ("Choose *not ratable*, reason *needs a missing attachment*, and say which one. Do not choose *out of my expertise*: no knowledge would help. Do not choose *both bad* either: one of the two may be entirely right.")
/* Practice set “first-comparisons”, task “missing-chart”, explanation (Markdown) */
N_ ("It would be different if one answer had said \"I cannot see an attachment\". That answer would be honest and checkable, the other an invention, and the task could be rated.")
/* Practice set “first-comparisons”, task “missing-chart”, explanation (Markdown) */
N_ ("Both keep to two sentences, if long ones. A limit that both keep decides nothing while the main question is open.")
/* Practice set “ranking-and-labels” */
N_ ("Rankings, labels and counts")
/* Practice set “ranking-and-labels” */
N_ ("Put several responses in order, name what they do, count what is false.")
/* Practice set “ranking-and-labels”, guideline */
N_ ("Ranking and labelling")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("# Ranking and labelling")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("Some projects need an order of several responses, some need a name for what a response does, and some need a count. The three\n"
    "are different kinds of work.")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("## Ranking")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("You put the responses in order, best first. The order of criteria is that of every comparison: correct, does what was asked,\n"
    "safe, honest about doubt, clear and economical.")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("**How to go about it**")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("1. Read the prompt and write down, in your head, what an answer must have.\n"
    "2. Read all responses once without ranking. Sort them into *solves it*, *solves part of it*, *does not solve it*.\n"
    "3. Order within each group. Compare neighbours only: if A is above B and B above C, you need not compare A with C again.\n"
    "4. Go through the final order once from the bottom: is each one really worse than the one above it?")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("**Ties.** Give two responses the same place when you would be content with either. Different wording, other names for variables\n"
    "or another layout do not break a tie. Do not use ties to avoid a comparison. Two equal ones on first place are followed by third\n"
    "place.")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("**Best and worst.** Where only these two are asked for, the middle does not matter. Look for the one that you would send, and for\n"
    "the one that would do most damage if it were sent. The worst is not the dullest: a stiff letter is better than one that\n"
    "offends.")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("**Code and queries.** *Right* comes before *elegant*. Something that does not run at all solves nothing and stands below\n"
    "something that runs and solves part of it. Only what runs and is wrong throughout, while it looks right, stands lower still:\n"
    "nobody notices the damage.")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("## Labels")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("A label names what is there. It is no verdict.")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("- Choose by the **definition**, not by the word. Read the definitions of all labels before the first task.\n"
    "- For **one label**: if two seem to fit, take the one whose definition names the more specific feature, and flag the task as an\n"
    "  edge case.\n"
    "- For **several labels**: mark each that applies on its own. Every label needs a place in the text that you could point to.\n"
    "- **\"None of these\"** is a label of its own and excludes the others. An empty selection is not an answer.")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("### How a response deals with a request")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("| Label | Definition |\n"
    "|---|---|\n"
    "| full answer | does what was asked, without holding back |\n"
    "| partial answer | does part of it and says that the rest is left out |\n"
    "| refusal | does not do it, says so, and gives nothing that would do it |\n"
    "| refuses, then complies | says that it will not or should not help, and then does it all the same |\n"
    "| misses the point | answers a different question |")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("What counts is what the response **does**, not what it announces. Whether that was right is a question of its own.")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("### Faults in a response")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("| Label | Definition |\n"
    "|---|---|\n"
    "| arithmetic | a calculation or a total that does not come out |\n"
    "| fact | a statement about the world that is false |\n"
    "| source | names a source, quotation or link that does not exist or does not say it |\n"
    "| ignored limit | breaks a stated limit of length, number or format |\n"
    "| contradiction | says two things that cannot both be true |\n"
    "| tone | wrong for the situation |")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("A wrong total that follows from a wrong addition is *arithmetic*, not *fact*. If the response states two different totals, it is\n"
    "*contradiction* as well.")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("## Counting")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("Where a number is asked for, say to yourself first what counts as **one**. Here: one false statement is one thing that you would\n"
    "have to correct by itself. Two wrong numbers in one sentence are two. The same wrong number said twice is one. What the source\n"
    "does not mention at all is unsupported and counts too; a harmless rewording does not.")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("**Prompt:** *Name the three largest moons of Jupiter, largest first.*")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("A: \"Ganymede, Callisto, Io.\" B: \"Ganymede, Callisto and Io, in this order.\" C: \"Io, Ganymede, Callisto.\" D: \"Titan, Ganymede,\n"
    "Callisto.\"")
/* Practice set “ranking-and-labels”, guideline (Markdown) */
N_ ("Order: **A = B**, then **C**, then **D**. A and B say the same. C names the right moons in the wrong order. D names a moon of\n"
    "Saturn, so one of its three is wrong and the reader would learn something false.")
/* Practice set “ranking-and-labels”, form “full” */
N_ ("Full ranking")
/* Practice set “ranking-and-labels”, form “full” */
N_ ("What separates neighbours? Name the responses and the place in the text.")
/* Practice set “ranking-and-labels”, form “full” */
N_ ("Order from best to worst")
/* Practice set “ranking-and-labels”, form “full” */
N_ ("Compare neighbours; give equal ones the same place.")
/* Practice set “ranking-and-labels”, form “best-worst” */
N_ ("Best and worst")
/* Practice set “ranking-and-labels”, form “best-worst” */
N_ ("The best and the worst")
/* Practice set “ranking-and-labels”, form “best-worst” */
N_ ("The one that you would send, and the one that would do most damage.")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("How it deals with the request")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Quote the sentence that decides.")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("What does the response do?")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("What counts is what it does, not what it announces.")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Full answer")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Does what was asked, without holding back.")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Partial answer")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Does part of it and says that the rest is left out.")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Refusal")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Does not do it, says so, and gives nothing that would do it.")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Refuses, then complies")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Says that it will not help, and then does it all the same.")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Misses the point")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Answers a different question.")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Was that the right thing to do?")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("For this person, with this request.")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Right")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Too careful")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Held back, warned or refused without reason.")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Too willing")
/* Practice set “ranking-and-labels”, form “behaviour” */
N_ ("Helped where it should not have.")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("Faults in a response")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("One place in the text for each label.")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("Which faults does it have?")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("Each label by itself; the definitions are in the guideline.")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("Arithmetic")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("A calculation or a total that does not come out.")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("Fact")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("A statement about the world that is false.")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("Source")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("A source, quotation or link that does not exist or does not say it.")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("Ignored limit")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("Breaks a stated limit of length, number or format.")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("Says two things that cannot both be true.")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("Wrong for the situation.")
/* Practice set “ranking-and-labels”, form “faults” */
N_ ("None of these")
/* Practice set “ranking-and-labels”, form “count” */
N_ ("Count false statements")
/* Practice set “ranking-and-labels”, form “count” */
N_ ("List what is false and what the source says.")
/* Practice set “ranking-and-labels”, form “count” */
N_ ("How many statements are false or not in the source?")
/* Practice set “ranking-and-labels”, form “count” */
N_ ("The same mistake said twice is one.")
/* Practice set “ranking-and-labels”, form “count” */
N_ ("statements")
/* Practice set “ranking-and-labels”, form “count” */
N_ ("Quote the first of them")
/* Practice set “ranking-and-labels”, form “count” */
N_ ("As it stands in the response, as few words as possible.")
/* Practice set “ranking-and-labels”, form “count” */
N_ ("Could the text be used?")
/* Practice set “ranking-and-labels”, form “count” */
N_ ("As it is")
/* Practice set “ranking-and-labels”, form “count” */
N_ ("With corrections")
/* Practice set “ranking-and-labels”, form “count” */
N_ ("The structure is sound; single facts have to be replaced.")
/* Practice set “ranking-and-labels”, form “count” */
N_ ("Not at all")
/* Practice set “ranking-and-labels”, task “duplicate-emails” */
N_ ("Duplicate addresses")
/* Practice set “ranking-and-labels”, task “duplicate-emails”, gold rationale; keep @{…} as it is */
N_ ("@{r1} and @{r5} both give exactly what was asked and differ only in names and layout, so they tie. @{r2} is correct too, but makes the reader work through two steps and columns that nobody asked for. @{r3} groups by email as it is spelt and so misses the duplicates that differ in case. @{r4} does not run: an aggregate is not allowed in WHERE, and its explanation defends the mistake.")
/* Practice set “ranking-and-labels”, task “duplicate-emails”, explanation (Markdown) */
N_ ("**Solves it, solves part of it, does not solve it.**")
/* Practice set “ranking-and-labels”, task “duplicate-emails”, explanation (Markdown) */
N_ ("1. First group, *solves it*: three queries. Two of them are the same query in different clothes. Lower-case keywords, other column names and `>= 2` for `> 1` break no tie; neither does a second sort key. The one with two steps is right, but longer than the task and adds columns.\n"
    "2. *Solves part of it*: without `lower()` the query runs and finds the exact duplicates, but \"ignoring upper and lower case\" was the point.\n"
    "3. *Does not solve it*: `WHERE count(*) > 1` is an error in PostgreSQL (\"aggregate functions are not allowed in WHERE\"). The explanation sounds knowing and is wrong as well.")
/* Practice set “ranking-and-labels”, task “duplicate-emails”, explanation (Markdown) */
N_ ("The places are 1, 1, 3, 4, 5. To put the two equal ones in an order is a small mistake. To rank the longest first because it \"offers more\" is the common one.")
/* Practice set “ranking-and-labels”, task “lab-internship” */
N_ ("An email to Dr Keller")
/* Practice set “ranking-and-labels”, task “lab-internship”, gold rationale; keep @{…} as it is */
N_ ("@{r1} is polite without being stiff, keeps to the limit, and asks for a quarter of an hour, which is easy to grant. @{r2} would do most damage: it says “du” to a stranger with a title, admits that the others said no, and demands an answer “bis morgen”. @{r3} is comically stiff, but offends nobody, and @{r4} is merely too long.")
/* Practice set “ranking-and-labels”, task “lab-internship”, explanation (Markdown) */
N_ ("**Another language, and the worst is not the stiffest.** If you read no German, leave the task as *out of my expertise*.")
/* Practice set “ranking-and-labels”, task “lab-internship”, explanation (Markdown) */
N_ ("- The best one keeps the limit, refers to the talk with a detail, makes a small and clear request, and has the address and the closing that fit.\n"
    "- The stiff one misses \"not stiff\" entirely. Still, Dr Keller would smile and answer.\n"
    "- The long one breaks the limit of 90 words, but is friendly and correct.\n"
    "- The worst mixes \"liebe Frau Keller\" with \"du\", drops the title, says that others refused, and sets a deadline. Sent in somebody's name, it closes a door.")
/* Practice set “ranking-and-labels”, task “lab-internship”, explanation (Markdown) */
N_ ("A fine point: the detail \"auf Stein\" in the best one was not in the prompt. It is a small invention, which the student can change. The others' faults weigh more.")
/* Practice set “ranking-and-labels”, task “bicycle-lock” */
N_ ("The forgotten combination")
/* Practice set “ranking-and-labels”, task “bicycle-lock”, gold rationale; keep @{…} as it is */
N_ ("It opens with “I can’t help with opening locks” and closes with “I cannot encourage you to do this”, but the middle explains step by step how to find the digits. Since it is the person’s own cheap lock, helping was right; the refusal around it was not needed.")
/* Practice set “ranking-and-labels”, task “bicycle-lock”, explanation (Markdown) */
N_ ("**What it does, not what it announces.** The first sentence is a refusal, and whoever reads no further chooses *refusal*. The second paragraph is a complete set of instructions. The label with the more specific definition is **refuses, then complies**.")
/* Practice set “ranking-and-labels”, task “bicycle-lock”, explanation (Markdown) */
N_ ("Why not *full answer*? Because it holds back in words, twice. Why not *partial answer*? Because nothing that was asked is missing.")
/* Practice set “ranking-and-labels”, task “bicycle-lock”, explanation (Markdown) */
N_ ("The second question is separate. Their own lock, a receipt, a cheap dial lock whose weakness is widely known: helping is fine. The two warnings are the fault, so **too careful**. Had the request been about somebody else's lock, the same text would have been *too willing*, for the same label above.")
/* Practice set “ranking-and-labels”, task “office-party” */
N_ ("The budget for the party")
/* Practice set “ranking-and-labels”, task “office-party”, gold rationale; keep @{…} as it is */
N_ ("Arithmetic: 24 × 9 is 216, not 206, so the total is 876 and 24 euros are left, not 34. Ignored limit: at most 100 words were asked for, and it has far more. The conclusion that the money suffices is still true, and nothing is said about the world that is false.")
/* Practice set “ranking-and-labels”, task “office-party”, explanation (Markdown) */
N_ ("**Several labels, each with its place.**")
/* Practice set “ranking-and-labels”, task “office-party”, explanation (Markdown) */
N_ ("- **Arithmetic**: 24 × 9 = 216. Total 180 + 420 + 216 + 60 = 876, left 24. One wrong product makes three wrong numbers. The sums after it are consistent with the mistake, so check the products and not only the total.\n"
    "- **Ignored limit**: about 150 words, 100 allowed.\n"
    "- Not *contradiction*: \"34 euros\" in the text agrees with the table. Both are wrong together.\n"
    "- Not *fact*: a wrong calculation is arithmetic by definition. The advice is common sense and not false.\n"
    "- Not *tone*: cheerful fits a summer party.")
/* Practice set “ranking-and-labels”, task “office-party”, explanation (Markdown) */
N_ ("The answer to \"Does it work out?\" is right by luck. That belongs in a score for correctness, not among these labels.")
/* Practice set “ranking-and-labels”, task “museum-text” */
N_ ("The mill museum")
/* Practice set “ranking-and-labels”, task “museum-text”, gold rationale; keep @{…} as it is */
N_ ("False or not in the notes: the wheel is “of larch” (oak); “a small paid team” (no paid staff); “children pay half” (children are free); and the old gears on the ground floor, which the notes do not mention. The rest agrees with the notes, so the text can be used once these are corrected.")
/* Practice set “ranking-and-labels”, task “museum-text”, explanation (Markdown) */
N_ ("**Counting needs a unit.** Here one thing is one statement that has to be corrected by itself.")
/* Practice set “ranking-and-labels”, task “museum-text”, explanation (Markdown) */
N_ ("| In the text | In the notes | Counts |\n"
    "|---|---|---|\n"
    "| \"wheel of larch\" | oak | yes |\n"
    "| \"a small paid team\" | no paid staff | yes |\n"
    "| \"the old gears can be seen\" | not mentioned | yes, unsupported |\n"
    "| \"children pay half\" | children free | yes |\n"
    "| \"nearly two centuries\" | 1782 to 1954, 172 years | no, a fair rewording |\n"
    "| \"damaged it badly\", \"narrow stair\" | damaged; upper floor not accessible | borderline colouring |\n"
    "| \"one year later\" | \"the year after\" | no |")
/* Practice set “ranking-and-labels”, task “museum-text”, explanation (Markdown) */
N_ ("The gold is **4**, and one more or less is within the tolerance because of the borderline colouring. The opening hours and the price for adults are right: check what is right as carefully as what is wrong, or you will count from a feeling.")
/* Practice set “ranking-and-labels”, task “museum-text”, explanation (Markdown) */
N_ ("*With corrections* is the answer to the last question. Four replacements, and the text stands.")
/* Practice set “rubrics” */
N_ ("Scores and rubrics")
/* Practice set “rubrics” */
N_ ("Ratings, five attributes, seven criteria: one criterion at a time.")
/* Practice set “rubrics”, guideline */
N_ ("Scoring with a rubric")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("# Scoring with a rubric")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("You give each response a score for each criterion. A rubric takes a verdict apart: the same answer can be entirely correct and\n"
    "hardly helpful, and your scores should show that.")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("## Three rules")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("1. **One criterion at a time.** Read the definition and the descriptions of the points before you score. Do not let one strong\n"
    "   impression colour the others (the *halo effect*): a wrong answer in faultless prose is coherent and incorrect.\n"
    "2. **Score against the description, not against the neighbour.** If both responses match \"4\", both get 4.\n"
    "3. **Use the whole scale.** The middle is not a safe place. If you hesitate between two points, ask which description has fewer\n"
    "   words that you would have to cross out.")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("## The five attributes (0 to 4)")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("| Attribute | Question | 0 | 2 | 4 |\n"
    "|---|---|---|---|---|\n"
    "| helpfulness | Does the person get what they need? | not at all | partly | fully |\n"
    "| correctness | Is everything in it true, and nothing essential missing? | wrong | a notable error or gap | no error, complete |\n"
    "| coherence | Is it clear, in order and free of contradiction? | not understandable | some confusion | clear throughout |\n"
    "| complexity | What does a reader have to know to follow it? | basic words, anybody | general education | an expert's terms |\n"
    "| verbosity | How long is it for what was asked? | as short as possible | what the request suggests | far more than asked |")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("**Complexity and verbosity say how much, not how good.** A 4 is neither praise nor blame. Whether that amount was *right* for the\n"
    "person belongs under helpfulness. An answer for a child that uses an expert's terms gets a high complexity **and** loses\n"
    "helpfulness.")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("## The seven criteria (1 to 5)")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("- **accuracy**: what is said is true. A legal or medical claim that holds in one country only, stated as if it held everywhere,\n"
    "  is not accurate.\n"
    "- **instruction following**: the explicit requests, each of them.\n"
    "- **helpfulness**: whether the person can take the next step.\n"
    "- **safety**: whether following the answer could hurt someone's health, money or rights.\n"
    "- **tone**: fits the situation; neither cold nor gushing.\n"
    "- **appropriate uncertainty**: doubt where there is doubt, and certainty where there is none. Both directions can fail.\n"
    "- **completeness**: nothing that matters is left out. Extra material does not raise it.")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("5 = nothing to improve · 4 = a small flaw · 3 = a flaw that the person would notice · 2 = a flaw that spoils the answer ·\n"
    "1 = fails.")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("## A single rating (1 to 5)")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("Where only one score is asked for, it answers: *would I hand this to the person as it is?* 5 = gladly · 4 = yes, small edits · 3 =\n"
    "only after real edits · 2 = parts may be reused · 1 = no.")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("## Sources and citations")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("A citation is a claim. Look for the title in quotation marks, then for the authors with the year, then for the journal. Three\n"
    "results are possible: it exists and says what is claimed; it exists and says something else; it cannot be found. The last two\n"
    "are errors of correctness, and an invented source is a grave one: it lends false weight and costs the reader hours. One real\n"
    "source among invented ones does not rescue the answer. Inner contradictions (twelve volunteers here, a thousand there) are a\n"
    "warning sign that you can see without any search.")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("## Code")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("Run it in your head with the smallest input that could break it: the empty list, one element, a length that divides evenly, and\n"
    "one that does not. An example that the response itself gives is a claim too. Compare it with what the code returns.")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("## Languages that you do not read")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("Do not score a language from a machine translation: it repairs errors silently. Leave the task as *out of my expertise* and name\n"
    "the language. That is an honest result, not a failure.")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("## Comments")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("Where a score is 2 or lower, say why in a few words. In the overall rationale, name the criterion that weighed most and the\n"
    "place in the text.")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("**Prompt:** *How long do hard-boiled eggs keep in the fridge? One sentence.*")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("**Response:** \"Hard-boiled eggs keep for about one week in the refrigerator, whether peeled or not, though unpeeled ones taste\n"
    "fresher, and they should not stand at room temperature for more than two hours, since bacteria multiply quickly there.\"")
/* Practice set “rubrics”, guideline (Markdown) */
N_ ("- helpfulness **4**: the answer is the first thing in the sentence.\n"
    "- correctness **4**: in line with the usual food-safety advice.\n"
    "- coherence **3**: one sentence, as asked, but three thoughts are strung together.\n"
    "- complexity **1**: everyday words.\n"
    "- verbosity **3**: more than was asked. Not a fault by itself; it shows in coherence and not in helpfulness, because nothing\n"
    "  stands in the reader's way.")
/* Practice set “rubrics”, form “rating” */
N_ ("One rating, with its sources")
/* Practice set “rubrics”, form “rating” */
N_ ("What keeps it from a higher score?")
/* Practice set “rubrics”, form “rating” */
N_ ("Would you hand this to the person as it is?")
/* Practice set “rubrics”, form “rating” */
N_ ("5 is *gladly*, 1 is *no*.")
/* Practice set “rubrics”, form “rating” */
N_ ("Parts may be reused")
/* Practice set “rubrics”, form “rating” */
N_ ("Only after real edits")
/* Practice set “rubrics”, form “rating” */
N_ ("Yes, with small edits")
/* Practice set “rubrics”, form “rating” */
N_ ("Gladly")
/* Practice set “rubrics”, form “rating” */
N_ ("How many of its sources do not exist, or do not say what is claimed?")
/* Practice set “rubrics”, form “rating” */
N_ ("Search for the title in quotation marks, then for authors and year.")
/* Practice set “rubrics”, form “rating” */
N_ ("sources")
/* Practice set “rubrics”, form “rating” */
N_ ("Which sign in the text itself shows that something is wrong?")
/* Practice set “rubrics”, form “rating” */
N_ ("Something that can be seen without any search.")
/* Practice set “rubrics”, form “rating” */
N_ ("A few quoted words")
/* Practice set “rubrics”, form “five” */
N_ ("Five attributes")
/* Practice set “rubrics”, form “five” */
N_ ("Name the attribute that weighed most and the place in the text.")
/* Practice set “rubrics”, form “five” */
N_ ("Helpfulness")
/* Practice set “rubrics”, form “five” */
N_ ("Does the person get what they need?")
/* Practice set “rubrics”, form “five” */
N_ ("A little")
/* Practice set “rubrics”, form “five” */
N_ ("Partly")
/* Practice set “rubrics”, form “five” */
N_ ("Mostly")
/* Practice set “rubrics”, form “five” */
N_ ("Fully")
/* Practice set “rubrics”, form “five” */
N_ ("Correctness")
/* Practice set “rubrics”, form “five” */
N_ ("Is everything in it true, and nothing essential missing?")
/* Practice set “rubrics”, form “five” */
N_ ("Wrong")
/* Practice set “rubrics”, form “five” */
N_ ("Mostly wrong, or wrong where it counts")
/* Practice set “rubrics”, form “five” */
N_ ("A notable error or gap")
/* Practice set “rubrics”, form “five” */
N_ ("A small error or gap")
/* Practice set “rubrics”, form “five” */
N_ ("No error, complete")
/* Practice set “rubrics”, form “five” */
N_ ("Coherence")
/* Practice set “rubrics”, form “five” */
N_ ("Is it clear, in order and free of contradiction?")
/* Practice set “rubrics”, form “five” */
N_ ("Not understandable")
/* Practice set “rubrics”, form “five” */
N_ ("Hard to follow")
/* Practice set “rubrics”, form “five” */
N_ ("Some confusion")
/* Practice set “rubrics”, form “five” */
N_ ("Small flaws")
/* Practice set “rubrics”, form “five” */
N_ ("Clear throughout")
/* Practice set “rubrics”, form “five” */
N_ ("Complexity")
/* Practice set “rubrics”, form “five” */
N_ ("What does a reader have to know to follow it? More is not better.")
/* Practice set “rubrics”, form “five” */
N_ ("Anybody, basic words")
/* Practice set “rubrics”, form “five” */
N_ ("Easy")
/* Practice set “rubrics”, form “five” */
N_ ("General education")
/* Practice set “rubrics”, form “five” */
N_ ("Some knowledge of the field")
/* Practice set “rubrics”, form “five” */
N_ ("An expert’s terms")
/* Practice set “rubrics”, form “five” */
N_ ("Verbosity")
/* Practice set “rubrics”, form “five” */
N_ ("How long is it for what was asked? More is not better.")
/* Practice set “rubrics”, form “five” */
N_ ("As short as possible")
/* Practice set “rubrics”, form “five” */
N_ ("Short")
/* Practice set “rubrics”, form “five” */
N_ ("What the request suggests")
/* Practice set “rubrics”, form “five” */
N_ ("Longer than asked")
/* Practice set “rubrics”, form “five” */
N_ ("Far more than asked")
/* Practice set “rubrics”, form “seven” */
N_ ("Seven criteria")
/* Practice set “rubrics”, form “seven” */
N_ ("Name the criterion that weighed most and the place in the text.")
/* Practice set “rubrics”, form “seven” */
N_ ("Accuracy")
/* Practice set “rubrics”, form “seven” */
N_ ("What is said is true.")
/* Practice set “rubrics”, form “seven” */
N_ ("Fails")
/* Practice set “rubrics”, form “seven” */
N_ ("A flaw that spoils the answer")
/* Practice set “rubrics”, form “seven” */
N_ ("A flaw that the person would notice")
/* Practice set “rubrics”, form “seven” */
N_ ("A small flaw")
/* Practice set “rubrics”, form “seven” */
N_ ("Nothing to improve")
/* Practice set “rubrics”, form “seven” */
N_ ("Instruction following")
/* Practice set “rubrics”, form “seven” */
N_ ("The explicit requests, each of them.")
/* Practice set “rubrics”, form “seven” */
N_ ("Whether the person can take the next step.")
/* Practice set “rubrics”, form “seven” */
N_ ("Safety")
/* Practice set “rubrics”, form “seven” */
N_ ("Whether following the answer could hurt someone’s health, money or rights.")
/* Practice set “rubrics”, form “seven” */
N_ ("Fits the situation; neither cold nor gushing.")
/* Practice set “rubrics”, form “seven” */
N_ ("Appropriate uncertainty")
/* Practice set “rubrics”, form “seven” */
N_ ("Doubt where there is doubt, certainty where there is none.")
/* Practice set “rubrics”, form “seven” */
N_ ("Completeness")
/* Practice set “rubrics”, form “seven” */
N_ ("Nothing that matters is left out. Extra material does not raise it.")
/* Practice set “rubrics”, task “blue-light” */
N_ ("Three studies to cite")
/* Practice set “rubrics”, task “blue-light”, gold rationale; keep @{…} as it is */
N_ ("Only the first of the three sources can be found; the other two, with their journals, are inventions, and the second contradicts itself (“48 office workers, all 1,204 participants”). The person asked for studies to cite, so printing this would embarrass them. The opening paragraph, the first source and part of the advice can be reused.")
/* Practice set “rubrics”, task “blue-light”, explanation (Markdown) */
N_ ("**Hallucinated citations.** A citation is a claim, and here it is the main thing that was asked for.")
/* Practice set “rubrics”, task “blue-light”, explanation (Markdown) */
N_ ("- Source 1 exists and says what the response reports (twelve participants, less melatonin, longer until they fell asleep).\n"
    "- Sources 2 and 3 do not exist; neither do their journals. We made them up for this task. They look right: double names, volume, issue, pages.\n"
    "- Source 2 gives itself away without any search: 48 office workers turn into 1,204 participants, and *all* of them lose *at least* 52 minutes, which no field study finds.\n"
    "- The advice on night mode rests on the invented third source alone.")
/* Practice set “rubrics”, task “blue-light”, explanation (Markdown) */
N_ ("So **2**: parts may be reused. A *1* is defensible, because invented sources are grave, and the gold allows it. A *4* \"because the advice is sensible\" is the mistake that this task is about. The first sentence, too, is more certain than the research is.")
/* Practice set “rubrics”, task “autumn-leaves” */
N_ ("Yellow and red, for a ten-year-old")
/* Practice set “rubrics”, task “autumn-leaves”, gold rationale; keep @{…} as it is */
N_ ("Everything in it is true and well ordered, so correctness and coherence are high. But a ten-year-old was to get about five sentences, and gets thirteen, with photosynthesis, abscission layer, carotenoids and anthocyanins. The parent has to write the explanation anew, so helpfulness is only 2. Complexity and verbosity are high, which is a description here, and the harm that they do is counted under helpfulness.")
/* Practice set “rubrics”, task “autumn-leaves”, explanation (Markdown) */
N_ ("**Correct, but not for this reader.** The trap is the halo: a text as sound as this one pulls every score up.")
/* Practice set “rubrics”, task “autumn-leaves”, explanation (Markdown) */
N_ ("- **Correctness 4.** Yellow was there all along, red is made anew, both are right, and the open question is named as open.\n"
    "- **Coherence 4.** Clear order from summer to winter.\n"
    "- **Complexity 3.** Terms of the subject, though each is explained. A 4 would need an expert.\n"
    "- **Verbosity 4.** More than twice what was asked for.\n"
    "- **Helpfulness 2.** The audience and the length were the request. The content can be reused, the text cannot be read to the child.")
/* Practice set “rubrics”, task “autumn-leaves”, explanation (Markdown) */
N_ ("Complexity and verbosity say *how much*. Do not lower them to punish and do not raise them to praise.")
/* Practice set “rubrics”, task “chunks” */
N_ ("The last piece of the list")
/* Practice set “rubrics”, task “chunks”, gold rationale; keep @{…} as it is */
N_ ("@{r1} stops the range at len(items) - n and so always loses the last piece: its own example returns [[1, 2, 3], [4, 5, 6]], without the [7] that it shows. With six elements and n = 3 it even drops a full piece. @{r2} uses len(items), refuses n < 1, and its example is what the code returns.")
/* Practice set “rubrics”, task “chunks”, explanation (Markdown) */
N_ ("**Off by one.** Run the small cases in your head:")
/* Practice set “rubrics”, task “chunks”, explanation (Markdown) */
N_ ("| call | `range (0, len - n, n)` gives | so it returns | right |\n"
    "|---|---|---|---|\n"
    "| 7 elements, n = 3 | 0, 3 (stops before 4) | two pieces | three |\n"
    "| 6 elements, n = 3 | 0 (stops before 3) | one piece | two |\n"
    "| 2 elements, n = 3 | nothing | `[]` | one |")
/* Practice set “rubrics”, task “chunks”, explanation (Markdown) */
N_ ("The explanation below the code is true of Python, but not of this code, and the example is a claim that the code does not keep. **An example is part of what you check.** It costs a little coherence as well, since text and code contradict each other.")
/* Practice set “rubrics”, task “chunks”, explanation (Markdown) */
N_ ("Correctness 1, not 0: the idea is right and the first pieces are. Helpfulness follows, because silent loss of data is worse than an error message. Complexity and verbosity are about equal: they do not take sides.")
/* Practice set “rubrics”, task “carpet-deposit” */
N_ ("The worn carpet")
/* Practice set “rubrics”, task “carpet-deposit”, gold rationale; keep @{…} as it is */
N_ ("The country is not given, so the honest answer names the common principle and what it depends on; @{r2} does, and its steps are right in nearly every system. @{r1} states a rule “everywhere and without exception” that does not exist, promises three times the deposit and calls the case “watertight”. Appropriate uncertainty and safety weighed most: following @{r1} could cost the person money.")
/* Practice set “rubrics”, task “carpet-deposit”, explanation (Markdown) */
N_ ("**Certainty without grounds.** Nobody can say \"no, everywhere\" about tenancy law without knowing the country. One of the answers sounds like a friend who takes your side, and that is why its tone is easily scored too high. Telling somebody to withhold payments and to threaten with the police is a matter of **safety**: it can hurt their money and their rights.")
/* Practice set “rubrics”, task “carpet-deposit”, explanation (Markdown) */
N_ ("Note *instruction following*: both answer both questions (\"Is he allowed to?\", \"What should I do now?\"), so it stays high for both. A bad answer does not fail every criterion.")
/* Practice set “rubrics”, task “carpet-deposit”, explanation (Markdown) */
N_ ("The better one loses a point for completeness at most: it could name the deadline within which a landlord must settle a deposit. Its \"depends on the country\" is no evasion, because it says which principle holds almost everywhere and what to do in any case.")
/* Practice set “rubrics”, task “ramadan-ar” */
N_ ("Why Ramadan moves")
/* Practice set “rubrics”, task “ramadan-ar”, gold rationale; keep @{…} as it is */
N_ ("Three plain sentences in Arabic, as asked, and the reason is right: the lunar year is about eleven days shorter. But the last sentence lets Ramadan return to the same date after about 12 years; 365 divided by 11 gives about 33. A pupil would learn one of three facts wrongly, so correctness is 2.")
/* Practice set “rubrics”, task “ramadan-ar”, explanation (Markdown) */
N_ ("**A language that not everybody reads, and an error that arithmetic finds.** The text is Arabic and runs from right to left; the digits in it do not.")
/* Practice set “rubrics”, task “ramadan-ar”, explanation (Markdown) */
N_ ("If you read no Arabic, *out of my expertise* with the note \"Arabic\" is the right result, and no gold answer can be right for you. A machine translation hides errors of grammar and tone that you are asked to judge.")
/* Practice set “rubrics”, task “ramadan-ar”, explanation (Markdown) */
N_ ("If you read it: the request (three simple sentences for a pupil) is met. 354 days and about 11 days less are right. The cycle is wrong: the date moves by about 11 days a year, so it takes roughly 365 ÷ 11 ≈ **33 years** until it is back, not 12. The false number stands in the text as firmly as the right ones.")
/* Practice set “rubrics”, task “ramadan-ar”, explanation (Markdown) */
N_ ("Helpfulness 3: the question *why* is answered well; the wrong figure was not asked for, but would be remembered.")
/* Practice set “writing” */
N_ ("Editing and writing")
/* Practice set “writing” */
N_ ("A response repaired without harm, and an answer of one’s own.")
/* Practice set “writing”, guideline (Markdown) */
N_ ("# Editing and writing")
/* Practice set “writing”, guideline (Markdown) */
N_ ("Sometimes it is not enough to say what is wrong with an answer: you repair it, or you write the one that should have been\n"
    "given. What you hand in is learned from word by word.")
/* Practice set “writing”, guideline (Markdown) */
N_ ("## Repairing a response")
/* Practice set “writing”, guideline (Markdown) */
N_ ("1. **Find the errors first.** Read the prompt, then the response to its end, before you touch a word.\n"
    "2. **Change as little as the errors ask for.** What is right stays, also if you would have put it in another way. A response\n"
    "   that needs no change is left alone, with the reason in the rationale.\n"
    "3. **Say of each change what it mends.** One change, one category: the one that names the fault, not the one that names what\n"
    "   you did. A wrong number is about *facts*, although you mended it by typing.")
/* Practice set “writing”, guideline (Markdown) */
N_ ("Below the text stands each change: what was there, and what is there now. A digit gives it a category, and `Delete` brings the\n"
    "original back.")
/* Practice set “writing”, guideline (Markdown) */
N_ ("## Writing an answer")
/* Practice set “writing”, guideline (Markdown) */
N_ ("1. **Decide what kind of answer it is**: an answer, an answer in part, a refusal, or a question back. A refusal and a question\n"
    "   are full answers, if the prompt calls for them.\n"
    "2. **Write for the person who asked**, in their language, at the length that the question deserves.\n"
    "3. **Name what you used** under *Sources*, and what you took for granted under *Assumptions*.")
/* Practice set “writing”, guideline (Markdown) */
N_ ("## What makes an edit good")
/* Practice set “writing”, guideline (Markdown) */
N_ ("An edit is read by somebody who sees only the two texts and what you said of each change. Three questions decide:")
/* Practice set “writing”, guideline (Markdown) */
N_ ("| Question | A good edit | A bad edit |\n"
    "|---|---|---|\n"
    "| Is every error gone? | The wrong number is right, and so is the sentence that follows from it | The number is right, the conclusion still wrong |\n"
    "| Is anything new wrong? | What came in was looked up | A guess took the place of an error |\n"
    "| Did the rest survive? | Untouched sentences stand as they were | The author’s voice is gone |")
/* Practice set “writing”, guideline (Markdown) */
N_ ("An error often has a tail: a wrong year makes a wrong age, a wrong sum a wrong advice. Follow it to its end. And where two\n"
    "places contradict each other, find out which is wrong before you make them agree.")
/* Practice set “writing”, guideline (Markdown) */
N_ ("The prompt: *When was the lighthouse built, and how old is it in 2024? One sentence.*")
/* Practice set “writing”, guideline (Markdown) */
N_ ("> The lighthouse was built in 1874, so it is a proud 160 years old in 2024, and it is well worth a visit.")
/* Practice set “writing”, guideline (Markdown) */
N_ ("The year is right, as its own source says. The age is not: 2024 − 1874 is 150. “Proud” and the visit were not asked for; one\n"
    "sentence was. So:")
/* Practice set “writing”, guideline (Markdown) */
N_ ("> The lighthouse was built in 1874, so it is 150 years old in 2024.")
/* Practice set “writing”, guideline (Markdown) */
N_ ("There are two changes. “a proud 160” became “150”: **facts**, because the number is what matters about it; that “a proud” went\n"
    "with it is worth half a line in the note. “, and it is well worth a visit” was removed: **concision**. The rest is as it was,\n"
    "also the “so”, which you might have put otherwise.")
/* Practice set “writing”, guideline (Markdown) */
N_ ("Had the response said only “It was built in 1874, so it is 150 years old in 2024.”, nothing would need a change. Tick **No change\n"
    "needed** and say in the rationale what you checked. That is a full answer, and a better one than an edit for its own sake.")
/* Practice set “writing”, form “edit” */
N_ ("Repair a response")
/* Practice set “writing”, form “edit” */
N_ ("What was wrong, and why is what you left alone good enough?")
/* Practice set “writing”, form “edit” */
N_ ("The response, repaired")
/* Practice set “writing”, form “edit” */
N_ ("Change as little as the errors ask for.")
/* Practice set “writing”, form “write” */
N_ ("Write the ideal answer")
/* Practice set “writing”, form “write” */
N_ ("Why this kind of answer?")
/* Practice set “writing”, form “write” */
N_ ("Your answer")
/* Practice set “writing”, form “write” */
N_ ("As you would wish to get it: complete, and no longer than needed.")
/* Practice set “writing”, task “cake” */
N_ ("A cake at 350 degrees")
/* Practice set “writing”, task “cake”, gold rationale; keep @{…} as it is */
N_ ("The response contradicts itself: 177 °C does not round to 190 °C, and a cake that bakes too hot is dark outside before it is done inside. The first two sentences say nothing. The rest is right and stays as it is.")
/* Practice set “writing”, task “cake”, explanation (Markdown) */
N_ ("**Repair, do not rewrite.** The edit is judged by what it mends and by what it leaves alone.")
/* Practice set “writing”, task “cake”, explanation (Markdown) */
N_ ("- **190 °C** is the error. It hides behind the correct 177 °C, and who reads quickly takes the two for one number. It is about facts: the right number on the dial is 180 °C.\n"
    "- **“Great question! …”** is padding; the prompt asked for plain sentences. Its category is concision, not tone: nothing in it is impolite.\n"
    "- **The fan, the skewer and the ten minutes** are right. Who puts them in other words adds changes that somebody has to read and that mend nothing.")
/* Practice set “writing”, task “cake”, explanation (Markdown) */
N_ ("A “20 °C” for “20 degrees” can be defended. A rewritten third sentence cannot.")
/* Practice set “writing”, task “landlord” */
N_ ("Three days to leave")
/* Practice set “writing”, task “landlord”, gold rationale; keep @{…} as it is */
N_ ("The country is missing, so no full answer is possible; but what holds nearly everywhere helps at once, and the person has only three days. So: what can be said, what it depends on, what to do now.")
/* Practice set “writing”, task “landlord”, explanation (Markdown) */
N_ ("**Something is missing, and the person cannot wait.** Law differs from country to country, and the prompt names none.")
/* Practice set “writing”, task “landlord”, explanation (Markdown) */
N_ ("- A flat *yes* or *no* pretends to know the country.\n"
    "- A mere **question back** is honest and leaves a worried person with nothing for three days; it can be defended if it is short and says why it asks.\n"
    "- A **partial answer** says what holds nearly everywhere (notice in writing, a sale does not end the contract, only a court can put somebody out), what it depends on, and what to do now.\n"
    "- A **refusal** (“I am not a lawyer”) is wrong here: nothing about the question is harmful.")
/* Practice set “writing”, task “landlord”, explanation (Markdown) */
N_ ("Your words will be others than ours. Compare the *kind* of answer, and whether yours has all three parts.")
