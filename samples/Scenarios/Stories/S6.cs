using Scenarios.Services;
using Scenarios.Stage;
using Travel;

namespace Scenarios.Stories;

internal static class S6
{
    private static readonly TripRequest s_request = new("Bonn", "Oslo", new DateOnly(2030, 5, 1), "EUR");

    public static async Task TellAsync(Teller teller)
    {
        await teller.SceneAsync("Everything is booked", async scene =>
        {
            List<string> cancelled = [];
            TripBooking booking = await scene.EndOf(Workflow(scene, cancelled, hasCar: true, accepts: true).RunAsync(s_request));

            scene.Expect("there is a car", "C1", booking.Car.Ref);
            scene.Expect("nothing is cancelled", 0, cancelled.Count);
        });

        await teller.SceneAsync("The card is refused, and the hotel cannot be reached at first", async scene =>
        {
            List<string> cancelled = [];
            BookTrip workflow = Workflow(scene, cancelled, hasCar: true, accepts: false, refusals: 1);
            await scene.FailureOf<InvalidOperationException, TripBooking>(workflow.RunAsync(s_request));

            scene.Expect("what was booked last is cancelled first", "hotel car flight", string.Join(' ', cancelled));
        });

        await teller.SceneAsync("There is no car", async scene =>
        {
            List<string> cancelled = [];
            TripBooking booking = await scene.EndOf(Workflow(scene, cancelled, hasCar: false, accepts: true).RunAsync(s_request));

            scene.Expect("the bus does as well", null, booking.Car.Ref);
            scene.Expect("nothing is cancelled", 0, cancelled.Count);
        });

        await teller.SceneAsync("There is no car, and the card is refused", async scene =>
        {
            List<string> cancelled = [];
            BookTrip workflow = Workflow(scene, cancelled, hasCar: false, accepts: false);
            await scene.FailureOf<InvalidOperationException, TripBooking>(workflow.RunAsync(s_request));

            scene.Expect("there is no car to cancel", "hotel flight", string.Join(' ', cancelled));
        });
    }

    private static BookTrip Workflow(Scene scene, List<string> cancelled, bool hasCar, bool accepts, int refusals = 0)
        => new(
            new Airline(scene.Clock, cancelled),
            new HotelPortal(scene.Clock, cancelled) { Refusals = refusals },
            new CarRental(scene.Clock, cancelled) { HasCar = hasCar },
            new CardCompany(scene.Clock) { Accepts = accepts })
        { Runtime = scene.Runtime };
}
