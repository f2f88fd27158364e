package org.pocketpromise.scenarios

import java.time.LocalDate
import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.flow.first
import org.pocketpromise.PocketPhone
import org.pocketpromise.Scenario
import org.pocketpromise.council.CardRemark
import org.pocketpromise.council.CarePeriod
import org.pocketpromise.council.DeviceState
import org.pocketpromise.council.Inviter
import org.pocketpromise.council.PhoneKind
import org.pocketpromise.council.PhoneNumber
import org.pocketpromise.council.RevocationReason
import org.pocketpromise.model.CardImport
import org.pocketpromise.model.CardState
import org.pocketpromise.model.CardVersion
import org.pocketpromise.model.OpportunityEdit
import org.pocketpromise.model.OpportunityFilter
import org.pocketpromise.model.OwnContactEdit
import org.pocketpromise.model.Profile
import org.pocketpromise.model.PromiseException
import org.pocketpromise.model.RecoveryPhraseState
import org.pocketpromise.model.SharedItem
import org.pocketpromise.support.World
import org.pocketpromise.support.failsWith
import org.pocketpromise.usage

private suspend fun PocketPhone.note(): String? =
    opportunities(OpportunityFilter(savedOnly = true, closedToo = true)).first().firstOrNull()?.saved?.note

/** A phone with a private note, which was sent. */
private suspend fun World.withNote(url: String = server.url): PocketPhone = carried("first.db", url).also {
    it.saveOpportunity("p01", OpportunityEdit(note = "Only for me"))
    it.sync()
}

/** Cards as an Android phone, an iPhone and a newer address book write them. The second one has no name. */
private const val CARDS =
    "BEGIN:VCARD\r\nVERSION:2.1\r\n" +
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;Zo=C3=\r\n=AB;;;\r\nTEL;CELL:07700 900789\r\n" +
        "BDAY:2006-02-28\r\nEND:VCARD\r\n" +
        "BEGIN:VCARD\nVERSION:3.0\nitem1.TEL:020 7946 0000\nEND:VCARD\n" +
        "BEGIN:VCARD\nVERSION:4.0\nFN:Mo\nTEL;VALUE=uri:tel:+447700900456\nEND:VCARD\n"

/** Data that only the person's own phones can read. */
val privateScenarios: Map<String, Scenario> = mapOf(
    "second-phone-by-words" to {
        val first = withNote()
        val second = carried("second.db")
        assertEquals(RecoveryPhraseState.NEEDED, second.status.first().private.recoveryPhrase)
        assertNull(second.note())
        second.enterRecoveryPhrase(first.recoveryPhrase().joinToString("  ").uppercase())
        second.sync()
        assertEquals("Only for me", second.note())
    },
    "second-phone-by-picture" to {
        val first = withNote()
        val second = open("second.db")
        pairBeside(first, second)
        second.sync()
        assertEquals("Only for me", second.note())
        assertEquals(2, first.devices().size)
    },
    "second-phone-by-typed-code" to {
        val first = withNote()
        val second = open("second.db")
        val (device, offer) = meet(first) { second.pair(server.url, it.code) }
        assertEquals(Inviter.Phone, offer.details.inviter)
        assertEquals(offer.details.digits, device.digits)
        val wrong = if (offer.details.digits == "123 456") "654321" else "123456"
        failsWith<PromiseException.DigitsDiffer> { first.confirmNewDevice(device, wrong) }
        first.confirmNewDevice(device, offer.details.digits.replace(" ", ""))
        second.finishPairing(offer)
        second.sync()
        assertEquals("Only for me", second.note())
        assertEquals(first.recoveryPhrase(), second.recoveryPhrase())
    },
    "pairing-refused-by-the-first-phone" to {
        val first = withNote()
        val second = open("second.db")
        val (device, offer) = meet(first) { second.pairByLink(it.link) }
        first.refuseNewDevice(device)
        failsWith<PromiseException.PairingRefused> { second.finishPairing(offer) }
        assertNull(second.status.first().council)
        assertEquals(1, first.devices().size)
    },
    "new-phone-is-shown" to {
        val first = carried("first.db")
        val second = open("second.db")
        pairBeside(first, second)
        second.sync()
        first.sync()
        val records = first.deviceRecords.first()
        val new = records.single { it.isNew }
        assertEquals(Inviter.Phone, new.inviter)
        assertEquals(DeviceState.Full, new.state)
        assertEquals(records.single { it.isThis }.id, new.invitedBy)
        first.markDeviceSeen(new.id)
        assertTrue(first.deviceRecords.first().none { it.isNew })
        assertTrue(second.deviceRecords.first().none { it.isNew })
        failsWith<PromiseException.NotFound> { first.markDeviceSeen("p00000000") }
        Unit
    },
    "limited-phone-cannot-erase" to {
        val first = withNote()
        val second = carried("second.db")
        failsWith<PromiseException.LimitedPhone> { second.eraseAccount() }
        failsWith<PromiseException.LimitedPhone> { second.inviteDevice() }
        failsWith<PromiseException.LimitedPhone> { second.changeRecoveryPhrase() }
        assertEquals(1, second.contacts.first().size)
        first.sync()
        assertEquals("Only for me", first.note())
    },
    "limited-phone-cannot-take-others-off" to {
        val first = carried("first.db")
        val second = carried("second.db")
        val (own, others) = second.devices().partition { it.isThis }
        failsWith<PromiseException.LimitedPhone> {
            second.revokeDevice(others.single().id, RevocationReason.LOST_OR_STOLEN)
        }
        first.sync()
        val left = second.revokeDevice(own.single().id, RevocationReason.LOST_OR_STOLEN)
        assertTrue(left.single { it.isThis }.revokedAt != null)
    },
    "full-phone-says-yes" to {
        val first = carried("first.db")
        val second = carried("second.db")
        first.sync()
        val new = first.deviceRecords.first().single { it.isNew }
        assertEquals(DeviceState.Limited, new.state)
        assertTrue(first.confirmDevice(new.id).none { it.isLimited })
        second.inviteDevice()
        second.sync()
        assertEquals(DeviceState.Full, second.deviceRecords.first().single { it.isThis }.state)
    },
    "full-phone-says-no" to {
        val first = carried("first.db")
        val second = carried("second.db")
        first.sync()
        val new = first.deviceRecords.first().single { it.isNew }
        first.vetoDevice(new.id)
        failsWith<PromiseException.Revoked> { second.sync() }
        assertNull(second.promise.first())
        failsWith<PromiseException.NotFound> { first.confirmDevice("p00000000") }
        Unit
    },
    "words-written-down" to {
        val phone = carried()
        val words = phone.recoveryPhrase()
        assertEquals(12, words.size)
        val asked = phone.recoveryPhraseChallenge()
        val right = asked.map { words[it - 1] }
        assertEquals(asked[1], phone.confirmRecoveryPhrase(asked, listOf(right[0], "wrong", right[2])))
        assertFalse(phone.status.first().private.writtenDown)
        assertNull(phone.confirmRecoveryPhrase(asked, right))
        assertTrue(phone.status.first().private.writtenDown)
    },
    "words-typed-wrong" to {
        val words = withNote().recoveryPhrase()
        val second = carried("second.db")
        failsWith<PromiseException.RecoveryPhraseLength> { second.enterRecoveryPhrase(words.drop(1).joinToString(" ")) }
        val error = failsWith<PromiseException.UnknownRecoveryWord> {
            second.enterRecoveryPhrase((listOf("nosuchword") + words.drop(1)).joinToString(" "))
        }
        assertEquals(1u, error.position)
        failsWith<PromiseException.WrongRecoveryPhrase> {
            second.enterRecoveryPhrase("abandon ".repeat(11) + "about")
        }
        Unit
    },
    "words-needed-to-change-them" to {
        val first = withNote()
        val second = carried("second.db")
        first.confirmDevice(second.devices().single { it.isThis }.id)
        second.sync()
        failsWith<PromiseException.RecoveryPhraseNeeded> { second.changeRecoveryPhrase() }
        val words = first.recoveryPhrase()
        second.enterRecoveryPhrase(words.joinToString(" "))
        first.changeRecoveryPhrase()
        first.sync()
        second.sync()
        failsWith<PromiseException.RecoveryPhraseNeeded> { second.changeRecoveryPhrase() }
        val newer = first.recoveryPhrase()
        assertNotEquals(words, newer)
        second.enterRecoveryPhrase(newer.joinToString(" "))
        second.changeRecoveryPhrase()
        assertEquals("Only for me", second.note())
    },
    "words-attacked" to {
        val phone = withNote(troubled())
        val words = phone.recoveryPhrase()
        make("forged-key")
        phone.sync()
        make("none")
        phone.sync()
        val status = phone.status.first().private
        assertEquals(1uL, status.refusedKeys)
        assertEquals(RecoveryPhraseState.PRESENT, status.recoveryPhrase)
        assertEquals(words, phone.recoveryPhrase())
        assertEquals("Only for me", phone.note())
    },
    "fresh-start" to {
        val phone = withNote()
        val words = phone.recoveryPhrase()
        val code = server.startAfresh(person)
        failsWith<PromiseException.Released> { phone.sync() }
        assertEquals("Only for me", phone.note())
        pair(phone, code)
        phone.sync()
        assertEquals(RecoveryPhraseState.PRESENT, phone.status.first().private.recoveryPhrase)
        assertNotEquals(words, phone.recoveryPhrase())
        val second = open("second.db")
        pairBeside(phone, second)
        second.sync()
        assertEquals("Only for me", second.note())
        failsWith<PromiseException.WrongRecoveryPhrase> { second.enterRecoveryPhrase(words.joinToString(" ")) }
        Unit
    },
    "lost-phone" to {
        val first = withNote()
        val second = carried("second.db")
        val lost = first.devices().single { !it.isThis }
        first.revokeDevice(lost.id, RevocationReason.LOST_OR_STOLEN)
        first.changeRecoveryPhrase()
        first.sync()
        failsWith<PromiseException.Revoked> { second.sync() }
        assertNull(second.promise.first())
        assertEquals("Only for me", first.note())
    },
    "own-contacts" to {
        val phone = carried()
        val number = PhoneNumber("07700 900789", PhoneKind.MOBILE)
        val edit = OwnContactEdit(displayName = "Sam", role = "Friend", phones = listOf(number))
        val id = phone.addOwnContact(edit)
        val sam = phone.ownContacts.first().single()
        assertEquals("Sam", sam.displayName)
        assertEquals("+447700900789", sam.phones.single().number)
        val nonsense = OwnContactEdit(phones = listOf(number.copy(number = "ring me")))
        failsWith<PromiseException.InvalidPhoneNumber> { phone.editOwnContact(id, nonsense) }
        phone.editOwnContact(id, OwnContactEdit(hidden = true))
        assertEquals(listOf(id), phone.hiddenOwnContacts.first().map { it.id })
        phone.deleteOwnContact(id)
        assertTrue(phone.hiddenOwnContacts.first().isEmpty())
    },
    "import-cards" to {
        val phone = carried()
        val file = CARDS.toByteArray()
        val cards = phone.previewCards(file)
        assertEquals(listOf(CardState.NEW, CardState.NO_NAME, CardState.NEW), cards.map { it.state })
        assertEquals("Zoë", cards.first().displayName)
        assertEquals(listOf(CardRemark.BIRTHDAY_LEFT_OUT), cards.first().remarks)
        val chosen = cards.filter { it.state == CardState.NEW }
        assertEquals(CardImport(added = 2u, extended = 0u, unchanged = 0u), phone.importCards(file, chosen))
        val shown = phone.ownContacts.first().map { it.displayName to it.phones.single().number }
        assertEquals(listOf("Mo" to "+447700900456", "Zoë" to "+447700900789"), shown)
        val again = phone.importCards(file, chosen)
        assertEquals(CardImport(added = 0u, extended = 0u, unchanged = 2u), again)
        failsWith<PromiseException.NoCards> { phone.previewCards("name,phone".toByteArray()) }
    },
    "phone-numbers" to {
        val phone = carried()
        val typed = listOf("020 7946 0000 x4", "٠٧٧٠٠ ٩٠٠٤٥٦", "۰۷۷۰۰ ۹۰۰۴۵۶", "18001 0300 123 4567", "85258")
        val numbers = typed.map { PhoneNumber(it, PhoneKind.MOBILE) }
        val id = phone.addOwnContact(OwnContactEdit(displayName = "Sam", phones = numbers))
        val used = phone.ownContacts.first().single().phones.map { it.usage }
        val mobile = "tel:+447700900456"
        assertEquals(
            listOf("tel:+442079460000;ext=4", mobile, mobile, "tel:1800103001234567", "sms:85258"),
            used.map { it.link },
        )
        assertFalse(used.last().canBeRung)
        val costly = OwnContactEdit(phones = listOf(PhoneNumber("0901 234 5678", PhoneKind.LANDLINE)))
        val refused = failsWith<PromiseException.CostlyPhoneNumber> { phone.editOwnContact(id, costly) }
        assertContains(refused.cost, "£3.60")
        phone.editOwnContact(id, costly.copy(costConfirmed = true))
        assertEquals("+449012345678", phone.ownContacts.first().single().phones.single().number)
    },
    "profile" to {
        val phone = carried()
        val period = CarePeriod(from = LocalDate.of(2020, 1, 1), to = LocalDate.of(2024, 5, 3))
        val profile = Profile(dateOfBirth = LocalDate.of(2006, 2, 28), carePeriods = listOf(period))
        phone.writeProfile(profile)
        assertEquals(profile, phone.profile.first())
        failsWith<PromiseException.Invalid> {
            phone.writeProfile(Profile(dateOfBirth = LocalDate.of(1850, 1, 1)))
        }
        phone.writeProfile(Profile())
        assertEquals(Profile(), phone.profile.first())
    },
    "show-to-adviser" to {
        val phone = withNote()
        phone.shareWithAdviser(SharedItem.OpportunityNote("p01"), "Is this right?")
        phone.sync()
        assertContains(server.run("ask", "list", "--person", person), "Is this right?")
    },
    "take-everything-along" to {
        val phone = withNote()
        val page = phone.exportPage()
        assertContains(page, "<html")
        assertContains(page, "Only for me")
        assertContains(phone.exportCards(CardVersion.V4), "Jo Okoro")
    },
    "account-erased" to {
        val phone = withNote()
        phone.eraseAccount()
        assertNull(phone.promise.first())
        assertNull(phone.status.first().council)
        failsWith<PromiseException.NotPaired> { phone.sync() }
        Unit
    },
)
